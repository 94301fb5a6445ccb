/**
 * What Azure Machine Learning has and this does not: lists that are empty, refusals by name.
 *
 * <p>Keeps nothing.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.ml.unbuilt;
