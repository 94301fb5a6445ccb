/**
 * The steps of {@code mlops features apply} and {@code materialize}: a feature store and what is in
 * it, made of Azure's own files.
 *
 * <p>Computes no features.
 */
@org.jspecify.annotations.NullMarked
package mlops.steps.features;
