package mlops.emulator.ml.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Route;
import mlops.emulator.ml.job.RunDocuments;
import mlops.emulator.ml.job.RunHistory;
import mlops.emulator.ml.resource.MlResources;

/** What runs log through the MLflow tracking REST API: metrics, parameters and tags. */
public final class MlflowLogs {
  private final MlResources resources;
  private final RunDocuments runs;
  private final MlflowMetrics metrics;

  public MlflowLogs(MlResources resources, RunDocuments runs) {
    this.resources = resources;
    this.runs = runs;
    this.metrics = new MlflowMetrics(resources);
  }

  public List<Route> routes() {
    return List.of(
        MlflowRoutes.write("runs/log-metric", r -> log(r, only("metrics", r.json()))),
        MlflowRoutes.write("runs/log-parameter", r -> log(r, only("params", r.json()))),
        MlflowRoutes.write("runs/set-tag", r -> log(r, only("tags", r.json()))),
        MlflowRoutes.write("runs/log-batch", this::logBatch),
        MlflowRoutes.at(
            "POST", "/preview/mlflow/runs/log-batch-async", RunHistory.WRITE, this::logBatch),
        MlflowRoutes.write("runs/delete-tag", this::deleteTag),
        MlflowRoutes.read("metrics/get-history", this::history));
  }

  private static ObjectNode only(String kind, JsonNode entry) {
    ObjectNode batch = Json.object();
    batch.putArray(kind).add(entry);
    return batch;
  }

  private ObjectNode logBatch(Request request) {
    ObjectNode batch = request.json();
    limit(batch, "metrics", 1000);
    limit(batch, "params", 100);
    limit(batch, "tags", 100);
    return log(request, batch);
  }

  private static void limit(JsonNode batch, String kind, int most) {
    if (batch.path(kind).size() > most) {
      throw MlflowRoutes.invalid(
          "A batch logging request can contain at most %d %s. Got %d %s. Please split up %s across multiple requests and try again."
              .formatted(most, kind, batch.path(kind).size(), kind, kind));
    }
  }

  private ObjectNode log(Request request, JsonNode batch) {
    JsonNode body = request.json();
    String id = body.path("run_id").asText(body.path("run_uuid").asText("-"));
    String workspace = workspace(request);
    MlflowRuns.find(runs, workspace, id);
    runs.log(
        workspace,
        id,
        run -> {
          batch.path("params").forEach(p -> logParameter(run, p));
          metrics.log(workspace, run, batch.path("metrics"));
          batch.path("tags").forEach(t -> setTag(run, t));
        });
    return Json.object();
  }

  private static void logParameter(ObjectNode run, JsonNode parameter) {
    String key = key(parameter);
    String value = parameter.path("value").asText();
    ObjectNode params = run.withObjectProperty("params");
    if (params.has(key) && !params.path(key).asText().equals(value)) {
      throw MlflowRoutes.invalid(
          "Changing param values is not allowed. Param with key='%s' was already logged with value='%s' for run ID='%s'. Attempted logging new value '%s'."
              .formatted(key, params.path(key).asText(), run.path("runId").asText(), value));
    }
    params.put(key, value);
  }

  private static void setTag(ObjectNode run, JsonNode tag) {
    run.withObjectProperty("tags").put(key(tag), tag.path("value").asText());
    if (key(tag).equals("mlflow.runName")) {
      run.put("displayName", tag.path("value").asText());
    }
  }

  private ObjectNode deleteTag(Request request) {
    JsonNode body = request.json();
    String key = body.path("key").asText();
    runs.update(
        workspace(request),
        body.path("run_id").asText("-"),
        run -> {
          if (run.withObjectProperty("tags").remove(key) == null) {
            throw MlflowRoutes.missing("No tag with name: %s in run".formatted(key));
          }
        });
    return Json.object();
  }

  private ObjectNode history(Request request) {
    String workspace = workspace(request);
    String id = request.queryValue("run_id").or(() -> request.queryValue("run_uuid")).orElse("-");
    MlflowRuns.find(runs, workspace, id);
    return metrics.history(workspace, id, request.queryValue("metric_key").orElse(""));
  }

  static String key(JsonNode entry) {
    return MlflowRoutes.required(entry, "key");
  }

  private String workspace(Request request) {
    return resources.workspace(request).path("id").asText();
  }
}
