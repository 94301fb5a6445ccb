/**
 * A runner of workflows on this machine: takes the jobs of a run of the embedded GitHub one after
 * the other, and does their steps as processes that see what a job on GitHub sees, and no more.
 *
 * <p>Knows no command line.
 */
@org.jspecify.annotations.NullMarked
package mlops.rehearsal;
