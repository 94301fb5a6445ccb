package mlops.emulator.ml.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mlops.emulator.http.Json;
import mlops.emulator.state.StateTree;

/** The metrics of runs: a document each with all its points, whichever client logged them. */
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
    ObjectNode history = state.read(document).orElseGet(() -> Json.object().put("key", key));
    history.setAll(shape);
    history.withArrayProperty("points").addAll(points);
    state.write(document, history);
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
    return state.read(document(workspace, run, key));
  }

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
