/**
 * Batch scoring: workers, mini batches, results.
 *
 * <p>Commands and pipelines do not come here.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.run.batch;
