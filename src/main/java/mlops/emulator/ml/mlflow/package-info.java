/**
 * MLflow's tracking API on the run history of a workspace.
 *
 * <p>Keeps no runs of its own.
 */
@org.jspecify.annotations.NullMarked
package mlops.emulator.ml.mlflow;
