package mlops.emulator.ml.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Route;
import mlops.emulator.ml.job.RunDocuments;
import mlops.emulator.ml.resource.MlResources;

/** What runs log through the MLflow tracking REST API: metrics, parameters and tags. */
public final class MlflowLogs {
  private final MlResources resources;
  private final RunDocuments runs;

  public MlflowLogs(MlResources resources, RunDocuments runs) {
    this.resources = resources;
    this.runs = runs;
  }

  public List<Route> routes() {
    return List.of(
        MlflowRoutes.write("runs/log-metric", r -> log(r, only("metrics", r.json()))),
        MlflowRoutes.write("runs/log-parameter", r -> log(r, only("params", r.json()))),
        MlflowRoutes.write("runs/set-tag", r -> log(r, only("tags", r.json()))),
        MlflowRoutes.write("runs/log-batch", this::logBatch),
        MlflowRoutes.at(
            "POST", "/preview/mlflow/runs/log-batch-async", MlflowRoutes.WRITE, this::logBatch),
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
    if (runs.find(workspace, id).isEmpty()) {
      throw MlflowRoutes.missing("Run with id=%s not found".formatted(id));
    }
    runs.update(
        workspace,
        id,
        run -> {
          batch.path("params").forEach(p -> logParameter(run, p));
          batch.path("metrics").forEach(m -> logMetric(workspace, run, m));
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

  private void logMetric(String workspace, ObjectNode run, JsonNode metric) {
    ObjectNode point = Json.object().put("value", metric.path("value").asDouble());
    point.put("timestamp", metric.path("timestamp").asLong());
    point.put("step", metric.path("step").asLong());
    String key = key(metric);
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
    String key = request.queryValue("metric_key").orElse("");
    if (runs.find(workspace, id).isEmpty()) {
      throw MlflowRoutes.missing("Run with id=%s not found".formatted(id));
    }
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

  private static String key(JsonNode entry) {
    return MlflowRoutes.required(entry, "key");
  }

  private static String document(String workspace, String run, String metric) {
    return RunDocuments.id(workspace, run) + "/metrics/" + metric.replace("/", "%2f");
  }

  private String workspace(Request request) {
    return resources.workspace(request).path("id").asText();
  }
}
