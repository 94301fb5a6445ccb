/**
 * Jobs as documents, and the run history that shows how they go.
 *
 * <p>Runs nothing: that is the {@code JobRunner}'s work, in {@code emulator.run}.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.ml.job;
