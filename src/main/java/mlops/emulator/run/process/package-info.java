/**
 * Processes of jobs: start, control, folders, orphans.
 *
 * <p>Knows no Azure ML and no storage.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.run.process;
