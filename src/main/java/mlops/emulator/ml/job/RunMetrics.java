package mlops.emulator.ml.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mlops.emulator.http.Json;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.state.StateTree;

/** The metrics of runs: a document each with all its points, whichever client logged them. */
public record RunMetrics(MlResources resources) {
  /** What a point holds where it is a number. */
  public static final String VALUE = "value";

  /**
   * Adds a point to the history of a metric; the run, whose document the caller keeps, shows the
   * latest.
   *
   * @param shape what to note of the metric itself, such as its columns
   * @param point with {@code value}, {@code timestamp} in milliseconds and {@code step}
   */
  public void log(
      String workspace, ObjectNode run, String key, ObjectNode shape, ObjectNode point) {
    add(workspace, run, key, shape, point);
    ObjectNode latest = run.withObjectProperty("metrics");
    if (latest.path(key).path("step").asLong(Long.MIN_VALUE) <= point.path("step").asLong()) {
      latest.set(key, point);
    }
  }

  /** Adds a point to the history of a metric alone, for it may be no number. */
  public void add(
      String workspace, ObjectNode run, String key, ObjectNode shape, ObjectNode point) {
    String document = folder(workspace, run.path("runId").asText()) + "/" + fileName(key);
    ObjectNode history = resources.read(document).orElseGet(() -> Json.object().put("key", key));
    history.setAll(shape);
    history.withArrayProperty("points").add(point);
    resources.state().write(document, history);
  }

  /** A metric of a run: {@code key}, {@code points}, and what else was noted of it. */
  public Optional<ObjectNode> find(String workspace, String run, String key) {
    return resources.read(folder(workspace, run) + "/" + fileName(key));
  }

  public List<ObjectNode> all(String workspace, String run) {
    return resources.state().list(folder(workspace, run));
  }

  /** The points that are numbers, in the order in which they were logged. */
  public List<JsonNode> numbers(String workspace, String run, String key) {
    List<JsonNode> numbers = new ArrayList<>();
    find(workspace, run, key)
        .ifPresent(metric -> metric.path("points").forEach(p -> addNumber(numbers, p)));
    return numbers;
  }

  /** Their values, for who watches a run. */
  public static List<Double> values(StateTree state, String workspace, String run, String key) {
    List<JsonNode> numbers = new ArrayList<>();
    state
        .read(folder(workspace, run) + "/" + fileName(key))
        .ifPresent(metric -> metric.path("points").forEach(p -> addNumber(numbers, p)));
    return numbers.stream().map(p -> p.path(VALUE).asDouble()).toList();
  }

  private static void addNumber(List<JsonNode> numbers, JsonNode point) {
    if (point.has(VALUE)) {
      numbers.add(point);
    }
  }

  private static String folder(String workspace, String run) {
    return RunDocuments.id(workspace, run) + "/metrics";
  }

  private static String fileName(String metric) {
    return metric.replace("/", "%2f");
  }
}
