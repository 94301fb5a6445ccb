package mlops.azure.ml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import mlops.azure.Azure;
import mlops.azure.Lazy;
import mlops.azure.RestClient;

/** The MLflow tracking endpoint of a workspace (MLflow REST API 2.0). */
public final class MlflowTracking {
  private static final String API = "/api/2.0/mlflow";

  private final RestClient rest;
  private final Lazy<String> endpoint;

  public MlflowTracking(Azure azure, Workspace workspace) {
    this.rest = azure.machineLearning();
    this.endpoint = new Lazy<>(() -> endpoint(workspace));
  }

  /** A run with its metrics, parameters and tags. */
  public JsonNode run(String runId) {
    return rest.get(endpoint.get() + API + "/runs/get?run_id=" + runId).path("run");
  }

  /** Logs metrics, parameters and tags at once: the body of {@code runs/log-batch}. */
  public void logBatch(ObjectNode batch) {
    rest.post(endpoint.get() + API + "/runs/log-batch", batch);
  }

  /** The workspace names it with a scheme that only MLflow's own plug-in knows. */
  private static String endpoint(Workspace workspace) {
    String uri =
        workspace.find().orElseThrow().path("properties").path("mlFlowTrackingUri").asText();
    return uri.replaceFirst("^azureml://", "https://");
  }
}
