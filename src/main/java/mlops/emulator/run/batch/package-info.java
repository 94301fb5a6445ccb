/**
 * Batch scoring and parallel steps: a script that is given files in mini batches, some at once.
 *
 * <p>Commands and pipelines do not come here.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.run.batch;
