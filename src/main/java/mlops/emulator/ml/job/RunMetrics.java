package mlops.emulator.ml.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mlops.emulator.http.Json;
import mlops.emulator.state.StateTree;

/** The metrics of runs, whichever client logged them: a document each, and beside it its points. */
public record RunMetrics(StateTree state) {
  /** What a point holds where it is a number. */
  public static final String VALUE = "value";

  /**
   * Adds points to the history of a metric; the run, whose document the caller keeps, shows the
   * latest of those that are numbers.
   *
   * @param shape what to note of the metric itself, such as its columns
   * @param points with {@code timestamp} in milliseconds, {@code step}, and where they are numbers
   *     {@code value}
   */
  public void log(
      String workspace, ObjectNode run, String key, ObjectNode shape, List<ObjectNode> points) {
    if (points.isEmpty()) {
      return;
    }
    String document = document(workspace, run.path("runId").asText(), key);
    ObjectNode known = state.read(document).orElseGet(Json::object);
    ObjectNode metric = known.deepCopy().put("key", key).setAll(shape);
    if (!metric.equals(known)) {
      state.write(document, metric);
    }
    points(document).append(points);
    points.stream().filter(RunMetrics::isNumber).forEach(point -> show(run, key, point));
  }

  private static void show(ObjectNode run, String key, ObjectNode point) {
    ObjectNode latest = run.withObjectProperty("metrics");
    if (latest.path(key).path("step").asLong(Long.MIN_VALUE) <= point.path("step").asLong()) {
      latest.set(key, point);
    }
  }

  /** A metric of a run: {@code key}, {@code points}, and what else was noted of it. */
  public Optional<ObjectNode> find(String workspace, String run, String key) {
    String document = document(workspace, run, key);
    Optional<ObjectNode> metric = state.read(document);
    metric.ifPresent(m -> m.withArrayProperty("points").addAll(points(document).all()));
    return metric;
  }

  private MetricPoints points(String document) {
    return new MetricPoints(state.directory(document));
  }

  /** The metrics of a run, without their points. */
  public List<ObjectNode> all(String workspace, String run) {
    return state.list(folder(workspace, run));
  }

  /** The points that are numbers, in the order in which they were logged. */
  public List<JsonNode> numbers(String workspace, String run, String key) {
    List<JsonNode> numbers = new ArrayList<>();
    find(workspace, run, key)
        .ifPresent(
            metric ->
                metric
                    .path("points")
                    .forEach(
                        point -> {
                          if (isNumber(point)) {
                            numbers.add(point);
                          }
                        }));
    return numbers;
  }

  private static boolean isNumber(JsonNode point) {
    return point.has(VALUE);
  }

  private static String document(String workspace, String run, String metric) {
    return folder(workspace, run) + "/" + metric.replace("/", "%2f");
  }

  private static String folder(String workspace, String run) {
    return RunDocuments.id(workspace, run) + "/metrics";
  }
}
