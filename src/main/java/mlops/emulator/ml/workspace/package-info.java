/**
 * Workspaces with what is set up in them: datastores, keys.
 *
 * <p>No assets and no jobs.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.ml.workspace;
