package mlops.emulator.ml.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import mlops.emulator.http.Json;
import mlops.emulator.ml.job.Experiments;
import mlops.emulator.ml.job.RunDocuments;
import mlops.emulator.ml.workspace.DefaultDatastores;

/** Run documents in the words of MLflow. */
final class MlflowView {

  /** A run with its latest metrics, its parameters and tags, and what it names as its inputs. */
  static ObjectNode run(String workspace, JsonNode run) {
    ObjectNode view = Json.object();
    view.set("info", info(workspace, run));
    ObjectNode data = view.putObject("data");
    ArrayNode metrics = data.putArray("metrics");
    for (Map.Entry<String, JsonNode> metric : run.path("metrics").properties()) {
      metrics.addObject().put("key", metric.getKey()).setAll((ObjectNode) metric.getValue());
    }
    data.set("params", MlflowRoutes.pairs(run.path("params")));
    data.set("tags", MlflowRoutes.pairs(tags(run)));
    for (String kind : new String[] {"inputs", "outputs"}) {
      JsonNode logged = run.path("mlflow").path(kind);
      view.set(kind, logged.isObject() ? logged : Json.object());
    }
    return view;
  }

  private static ObjectNode info(String workspace, JsonNode run) {
    String id = run.path("runId").asText();
    ObjectNode info = Json.object().put("run_id", id).put("run_uuid", id);
    info.put("run_name", run.path("displayName").asText());
    info.put("experiment_id", Experiments.id(workspace, run.path("experimentName").asText()));
    info.put("user_id", run.path("userId").asText()).put("status", status(run));
    put(info, "start_time", run.path("startTimeUtc"));
    put(info, "end_time", run.path("endTimeUtc"));
    info.put("artifact_uri", MlflowAddresses.PROXY + DefaultDatastores.artifacts(id));
    info.set(MlflowAddresses.EXPERIMENT, run.path("experimentName"));
    return info.put("lifecycle_stage", RunDocuments.isArchived(run) ? "deleted" : "active");
  }

  /** The tags of a run, with those that MLflow itself sets. */
  static ObjectNode tags(JsonNode run) {
    ObjectNode tags = Json.object();
    tags.put("mlflow.runName", run.path("displayName").asText());
    tags.put("mlflow.rootRunId", run.path("rootRunId").asText());
    if (run.path("parentRunId").isTextual()) {
      tags.put("mlflow.parentRunId", run.path("parentRunId").asText());
    }
    if (run.path("tags") instanceof ObjectNode own) {
      tags.setAll(own);
    }
    return tags;
  }

  static String status(JsonNode run) {
    return switch (run.path("status").asText()) {
      case "Completed" -> "FINISHED";
      case "Failed" -> "FAILED";
      case "Canceled" -> "KILLED";
      case "NotStarted", "Starting", "Preparing", "Queued", "Provisioning" -> "SCHEDULED";
      default -> "RUNNING";
    };
  }

  /** What a search compares or sorts by; empty if the run has no such thing. */
  static String value(String workspace, JsonNode run, String kind, String key) {
    return switch (kind) {
      case "metrics" -> run.path("metrics").path(key).path("value").asText();
      case "params" -> run.path("params").path(key).asText();
      case "tags" -> tags(run).path(key).asText();
      default -> info(workspace, run).path(key.equals("Created") ? "start_time" : key).asText();
    };
  }

  private static void put(ObjectNode info, String field, JsonNode time) {
    if (time.isTextual()) {
      info.put(field, Instant.parse(time.asText()).toEpochMilli());
    }
  }

  private MlflowView() {}
}
