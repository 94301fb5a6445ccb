/**
 * What jobs do with feature stores: the retrieval of features for observations.
 *
 * <p>The join is that of {@code mlops.features}, which knows no Azure; here is what it reads and
 * who may read it.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.run.feature;
