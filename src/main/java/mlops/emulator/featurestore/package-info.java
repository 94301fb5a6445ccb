/**
 * What lies in the managed feature stores of Azure Machine Learning: entities, feature sets, their
 * features, and the jobs that materialise them.
 *
 * <p>The store itself is a workspace, made in {@code ml.workspace}; computes nothing.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.featurestore;
