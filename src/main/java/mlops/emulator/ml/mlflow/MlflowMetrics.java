package mlops.emulator.ml.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import mlops.emulator.http.Json;
import mlops.emulator.ml.job.RunDocuments;
import mlops.emulator.ml.resource.MlResources;

/** The metrics of runs, a document each. */
record MlflowMetrics(MlResources resources) {

  /** Adds a point to the history of a metric; the run shows the latest. */
  void log(String workspace, ObjectNode run, JsonNode metric) {
    ObjectNode point = Json.object().put("value", metric.path("value").asDouble());
    point.put("timestamp", metric.path("timestamp").asLong());
    point.put("step", metric.path("step").asLong());
    String key = MlflowLogs.key(metric);
    String document = document(workspace, run.path("runId").asText(), key);
    ObjectNode history = resources.read(document).orElseGet(() -> Json.object().put("key", key));
    history.withArrayProperty("points").add(point);
    resources.state().write(document, history);
    logOfModel(workspace, metric, point);
    ObjectNode latest = run.withObjectProperty("metrics");
    if (latest.path(key).path("step").asLong(Long.MIN_VALUE) <= point.path("step").asLong()) {
      latest.set(key, point);
    }
  }

  /** A metric may belong to a logged model, too. */
  private void logOfModel(String workspace, JsonNode metric, ObjectNode point) {
    String model = metric.path("model_id").asText();
    if (!model.isEmpty() && model.indexOf('/') < 0) {
      String id = LoggedModels.id(workspace, model);
      resources
          .read(id)
          .ifPresent(
              found -> {
                ObjectNode kept = point.deepCopy().put("key", metric.path("key").asText());
                kept.put("model_id", model);
                found.withArrayProperty("metrics").add(kept);
                resources.state().write(id, found);
              });
    }
  }

  /** All points of a metric, in the order in which they were logged. */
  ObjectNode history(String workspace, String id, String key) {
    ObjectNode answer = Json.object();
    answer.putArray("metrics");
    resources
        .read(document(workspace, id, key))
        .ifPresent(
            history ->
                history
                    .path("points")
                    .forEach(
                        p ->
                            answer
                                .withArrayProperty("metrics")
                                .addObject()
                                .put("key", key)
                                .setAll((ObjectNode) p)));
    return answer;
  }

  private static String document(String workspace, String run, String metric) {
    return RunDocuments.id(workspace, run) + "/metrics/" + metric.replace("/", "%2f");
  }
}
