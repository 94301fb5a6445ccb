package mlops.emulator.ml.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mlops.emulator.http.Json;
import mlops.emulator.ml.job.RunMetrics;
import mlops.emulator.ml.resource.MlResources;

/** The metrics of runs, as MLflow logs and reads them. */
record MlflowMetrics(MlResources resources) {

  /** Adds points to the histories of metrics; the run shows the latest of each. */
  void log(String workspace, ObjectNode run, JsonNode metrics) {
    Map<String, List<ObjectNode>> ofRun = new LinkedHashMap<>();
    Map<String, ArrayNode> ofModels = new LinkedHashMap<>();
    for (JsonNode metric : metrics) {
      ObjectNode point = point(metric);
      ofRun.computeIfAbsent(MlflowLogs.key(metric), key -> new ArrayList<>()).add(point);
      String model = metric.path("model_id").asText();
      if (!model.isEmpty() && model.indexOf('/') < 0) {
        ObjectNode kept = point.deepCopy().put("key", metric.path("key").asText());
        ofModels
            .computeIfAbsent(model, m -> Json.MAPPER.createArrayNode())
            .add(kept.put("model_id", model));
      }
    }
    RunMetrics histories = new RunMetrics(resources.state());
    ofRun.forEach((key, points) -> histories.log(workspace, run, key, Json.object(), points));
    ofModels.forEach((model, points) -> logOfModel(LoggedModels.id(workspace, model), points));
  }

  private static ObjectNode point(JsonNode metric) {
    return Json.object()
        .put(RunMetrics.VALUE, metric.path("value").asDouble())
        .put("timestamp", metric.path("timestamp").asLong())
        .put("step", metric.path("step").asLong());
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
    for (JsonNode point : new RunMetrics(resources.state()).numbers(workspace, id, key)) {
      points.addObject().put("key", key).setAll((ObjectNode) point);
    }
    return answer;
  }
}
