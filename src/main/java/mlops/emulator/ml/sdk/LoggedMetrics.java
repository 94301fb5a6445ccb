package mlops.emulator.ml.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import mlops.emulator.http.Json;
import mlops.emulator.http.Permission;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.ml.job.RunDocuments;
import mlops.emulator.ml.job.RunHistory;
import mlops.emulator.ml.job.RunMetrics;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;

/**
 * What {@code Run.log()} and its relatives send: rows with columns. A metric of one number is the
 * same for MLflow; tables, texts and images are read by this SDK alone.
 */
public final class LoggedMetrics {
  private static final String BASE = "/metric/v2.0" + MlPaths.WORKSPACE + "/runs/{run}/";
  private static final String SCALAR = "azureml.v1.scalar";

  private final MlResources resources;
  private final RunDocuments runs;
  private final RunMetrics metrics;

  public LoggedMetrics(MlResources resources, RunDocuments runs) {
    this.resources = resources;
    this.runs = runs;
    this.metrics = new RunMetrics(resources.state());
  }

  public List<Route> routes() {
    return List.of(
        route("batch", RunHistory.WRITE, this::log),
        route("list", RunHistory.READ, this::list),
        route("full", RunHistory.READ, this::get));
  }

  private static Route route(String act, Permission right, Function<Request, ObjectNode> answer) {
    return Route.of(
        "POST",
        MlPaths.API_HOST,
        BASE + act,
        right,
        request -> Response.json(200, answer.apply(request)));
  }

  private ObjectNode log(Request request) {
    String workspace = workspace(request);
    JsonNode values = request.json().path("values");
    runs.log(
        workspace,
        request.parameter("run"),
        run -> values.forEach(metric -> log(workspace, run, metric)));
    ObjectNode answer = Json.object();
    answer.putArray("errors");
    return answer;
  }

  private void log(String workspace, ObjectNode run, JsonNode metric) {
    String name = metric.path("name").asText();
    if (name.isEmpty()) {
      throw MlErrors.userError(400, "A metric must have a name.");
    }
    String id = run.path("runId").asText();
    ObjectNode shape = Json.object();
    shape.set("columns", metric.path("columns"));
    shape.set("type", metric.path("properties").path("uxMetricType"));
    long step =
        metrics.find(workspace, id, name).map(found -> found.path("points").size()).orElse(0);
    List<ObjectNode> points = new ArrayList<>();
    for (JsonNode row : metric.path("value")) {
      ObjectNode point = Json.object().put("timestamp", millis(row.path("createdUtc").asText()));
      point.put("step", row.path("step").asLong(step++));
      JsonNode data = row.path("data");
      if (data.size() == 1 && data.path(name).isNumber()) {
        point.put(RunMetrics.VALUE, data.path(name).asDouble());
      } else {
        point.set("data", data);
      }
      points.add(point);
    }
    metrics.log(workspace, run, name, shape, points);
  }

  private long millis(String time) {
    try {
      return time.isEmpty()
          ? resources.now().toEpochMilli()
          : OffsetDateTime.parse(time).toInstant().toEpochMilli();
    } catch (DateTimeException e) {
      throw MlErrors.userError(400, "The time '%s' of a metric is none.".formatted(time));
    }
  }

  private ObjectNode list(Request request) {
    String workspace = workspace(request);
    String run = request.parameter("run");
    runs.get(workspace, run);
    ObjectNode answer = Json.object();
    ArrayNode found = answer.putArray("value");
    for (ObjectNode metric : metrics.all(workspace, run)) {
      ObjectNode definition = found.addObject();
      definition.putObject("metricKey").put("name", metric.path("key").asText());
      definition.set("columns", columns(metric));
    }
    return answer.putNull("continuationToken");
  }

  private ObjectNode get(Request request) {
    String workspace = workspace(request);
    String run = request.parameter("run");
    String name = request.json().path("metricName").asText();
    runs.get(workspace, run);
    ObjectNode metric =
        metrics
            .find(workspace, run, name)
            .orElseThrow(
                () ->
                    MlErrors.userError(404, "The run %s has no metric '%s'.".formatted(run, name)));
    ObjectNode answer = Json.object().put("dataContainerId", "dcid." + run).put("name", name);
    answer.set("columns", columns(metric));
    answer.putObject("properties").put("uxMetricType", metric.path("type").asText(SCALAR));
    ArrayNode rows = answer.putArray("value");
    metric.path("points").forEach(point -> rows.add(row(run, name, point, rows.size())));
    return answer.putNull("continuationToken");
  }

  /** The types of the columns; what MLflow logged is one number. */
  private static JsonNode columns(JsonNode metric) {
    return metric.has("columns")
        ? metric.path("columns")
        : Json.object().put(metric.path("key").asText(), "double");
  }

  private static ObjectNode row(String run, String name, JsonNode point, int number) {
    String key = run + "/" + name + "/" + number;
    ObjectNode row =
        Json.object().put("metricId", UUID.nameUUIDFromBytes(key.getBytes(UTF_8)).toString());
    row.put("createdUtc", Instant.ofEpochMilli(point.path("timestamp").asLong()).toString());
    row.put("step", point.path("step").asLong());
    boolean isNumber = point.has(RunMetrics.VALUE);
    JsonNode data =
        isNumber ? Json.object().set(name, point.get(RunMetrics.VALUE)) : point.path("data");
    row.set("data", data);
    return row;
  }

  private String workspace(Request request) {
    return resources.workspace(request).path("id").asText();
  }
}
