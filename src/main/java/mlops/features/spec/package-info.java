/**
 * Azure ML's files of a feature store: store, entities, feature sets and what those compute, read
 * with the place of each mistake.
 *
 * <p>Knows no Azure and no data.
 */
@org.jspecify.annotations.NullMarked
package mlops.features.spec;
