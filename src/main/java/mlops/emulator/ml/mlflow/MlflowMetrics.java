package mlops.emulator.ml.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import mlops.emulator.http.Json;
import mlops.emulator.ml.job.RunMetrics;
import mlops.emulator.ml.resource.MlResources;

/** The metrics of runs, as MLflow logs and reads them. */
record MlflowMetrics(MlResources resources) {

  /** Adds points to the histories of metrics; the run shows the latest of each. */
  void log(String workspace, ObjectNode run, JsonNode metrics) {
    Map<String, ArrayNode> ofModels = new LinkedHashMap<>();
    for (JsonNode metric : metrics) {
      ObjectNode point = log(workspace, run, MlflowLogs.key(metric), metric);
      String model = metric.path("model_id").asText();
      if (!model.isEmpty() && model.indexOf('/') < 0) {
        point.put("key", metric.path("key").asText()).put("model_id", model);
        ofModels.computeIfAbsent(model, m -> Json.MAPPER.createArrayNode()).add(point);
      }
    }
    ofModels.forEach((model, points) -> logOfModel(LoggedModels.id(workspace, model), points));
  }

  /** The point that was added. */
  private ObjectNode log(String workspace, ObjectNode run, String key, JsonNode metric) {
    ObjectNode point = Json.object().put(RunMetrics.VALUE, metric.path("value").asDouble());
    point.put("timestamp", metric.path("timestamp").asLong());
    point.put("step", metric.path("step").asLong());
    new RunMetrics(resources).log(workspace, run, key, Json.object(), point);
    return point.deepCopy();
  }

  /** A metric may belong to a logged model, too. */
  private void logOfModel(String id, ArrayNode points) {
    resources
        .read(id)
        .ifPresent(
            model -> {
              model.withArrayProperty("metrics").addAll(points);
              resources.state().write(id, model);
            });
  }

  /** All points of a metric, in the order in which they were logged. */
  ObjectNode history(String workspace, String id, String key) {
    ObjectNode answer = Json.object();
    ArrayNode points = answer.putArray("metrics");
    for (JsonNode point : new RunMetrics(resources).numbers(workspace, id, key)) {
      points.addObject().put("key", key).setAll((ObjectNode) point);
    }
    return answer;
  }
}
