/**
 * An Azure ML workspace: its resources, runs, datastores and MLflow tracking.
 *
 * <p>Only what has no Java SDK; no decisions of the journey.
 */
@org.jspecify.annotations.NullMarked
package mlops.azure.ml;
