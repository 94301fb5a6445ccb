/**
 * What jobs do with feature stores: the retrieval of features for observations, and values that are
 * computed ahead.
 *
 * <p>The join and the stores are those of {@code mlops.features}, which knows no Azure; here is
 * what is read and written, and who may.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.run.feature;
