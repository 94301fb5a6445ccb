package mlops.azure.ml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
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

  /**
   * What a run logged.
   *
   * @param metrics the last value of each by its name, sorted; may be NaN or infinite
   * @param parameters by name, sorted
   */
  public record Logged(Map<String, Double> metrics, Map<String, String> parameters) {
    private static Logged of(JsonNode data) {
      Map<String, Double> metrics = new TreeMap<>();
      data.path("metrics")
          .forEach(m -> metrics.put(m.path("key").asText(), m.path("value").asDouble()));
      Map<String, String> parameters = new TreeMap<>();
      data.path("params")
          .forEach(p -> parameters.put(p.path("key").asText(), p.path("value").asText()));
      return new Logged(metrics, parameters);
    }

    public boolean isEmpty() {
      return metrics.isEmpty() && parameters.isEmpty();
    }
  }

  /** What a run logged so far. */
  public Logged logged(String runId) {
    return Logged.of(rest.get(endpoint.get() + API + "/runs/get?run_id=" + runId).at("/run/data"));
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
