/**
 * The services that azureml-core, the SDK of version 1, asks within a job: metrics, artifacts,
 * models and assets. What they keep is what MLflow and the newer SDK see.
 *
 * <p>Runs themselves are in {@code ml.job}.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.ml.sdk;
