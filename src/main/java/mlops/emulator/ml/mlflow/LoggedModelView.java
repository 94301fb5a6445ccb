package mlops.emulator.ml.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import mlops.emulator.http.Json;

/** Documents of logged models in the words of MLflow. */
final class LoggedModelView {

  static ObjectNode one(JsonNode model) {
    return Json.object().set("model", of(model));
  }

  /** What it is, and what was logged of it. */
  static ObjectNode of(JsonNode model) {
    ObjectNode info = Json.object().put("model_id", model.path("modelId").asText());
    info.put("experiment_id", model.path("experimentId").asText());
    info.put("name", model.path("name").asText());
    info.put("source_run_id", model.path("runId").asText());
    info.put("model_type", model.path("modelType").asText());
    info.put("status", model.path("status").asText());
    info.put("creation_timestamp_ms", model.path("created").asLong());
    info.put("last_updated_timestamp_ms", model.path("updated").asLong());
    info.put("artifact_uri", MlflowAddresses.PROXY + model.path("artifactPath").asText());
    info.set("tags", MlflowRoutes.pairs(model.path("tags")));
    ObjectNode view = Json.object();
    view.set("info", info);
    ObjectNode data = view.putObject("data");
    data.set("params", MlflowRoutes.pairs(model.path("params")));
    data.set("metrics", model.path("metrics"));
    return view;
  }

  /** What a search compares; empty if there is no such thing. */
  static String value(JsonNode model, String kind, String key) {
    if (kind.equals("metrics")) {
      ArrayNode metrics = (ArrayNode) model.path("metrics");
      for (int i = metrics.size() - 1; i >= 0; i--) {
        if (metrics.get(i).path("key").asText().equals(key)) {
          return metrics.get(i).path("value").asText();
        }
      }
      return "";
    }
    return kind.equals("attributes")
        ? of(model).path("info").path(key).asText()
        : model.path(kind).path(key).asText();
  }

  private LoggedModelView() {}
}
