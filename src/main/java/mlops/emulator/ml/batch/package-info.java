/**
 * Batch endpoints, their deployments and invocations.
 *
 * <p>Scores nothing: that is {@code emulator.run.batch}.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.ml.batch;
