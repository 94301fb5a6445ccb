/**
 * Workflows of repositories, their runs, jobs and logs, and the reviews of jobs that wait; and the
 * tokens that running jobs ask for.
 *
 * <p>Runs nothing itself, and knows no route.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.github.actions;
