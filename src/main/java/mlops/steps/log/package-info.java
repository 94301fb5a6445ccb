/**
 * The logs of jobs: read as they grow, shown, and kept in files.
 *
 * <p>Knows the run history of a workspace, and no step.
 */
@org.jspecify.annotations.NullMarked
package mlops.steps.log;
