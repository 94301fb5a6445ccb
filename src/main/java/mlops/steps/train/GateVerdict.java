package mlops.steps.train;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The verdict of the gate and the metrics behind it. A job says it in {@link #FILE}, in the form
 * {@link #FORM} (further fields are the job's own), or by a {@link #PLAIN} file; a job that says
 * nothing is judged by what it logged.
 *
 * @param sentence why, in words for people
 * @param byJob whether the job itself judges
 * @param candidate metrics of the new model by name, such as {@code r2} or {@code accuracy}
 * @param champion the same of the model to beat, on the same rows; empty where there was none
 * @param mistake what is wrong with the file, in which case the verdict is no
 */
public record GateVerdict(
    boolean yes,
    String sentence,
    boolean byJob,
    Map<String, Double> candidate,
    Map<String, Double> champion,
    Optional<String> mistake) {
  /** The form of the file, for those who write one. */
  static final String FORM =
      "{\"verdict\": \"yes\" or \"no\", \"sentence\": \"why, in words\", \"candidate\": {\"r2\": 0.9, \"rmse\":"
          + " 2.1, \"mae\": 1.5}, \"champion\": the same of the model to beat, or null}";

  static final String FILE = "deploy_flag.json";

  /** A file with nothing but 1 or 0 in it. */
  static final String PLAIN = "deploy_flag";

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  /** Reads the file; one of another form is a no that says what is wrong. */
  static GateVerdict parse(byte[] json) {
    JsonNode flag;
    try {
      flag = JSON.readTree(json);
    } catch (IOException e) {
      return wrong("it is not JSON");
    }
    return mistake(flag)
        .map(GateVerdict::wrong)
        .orElseGet(
            () ->
                new GateVerdict(
                    flag.path("verdict").asText().equals("yes"),
                    flag.path("sentence").asText("the job gives no reason"),
                    true,
                    metrics(flag.path("candidate")),
                    metrics(flag.path("champion")),
                    Optional.empty()));
  }

  private static GateVerdict wrong(String mistake) {
    return new GateVerdict(false, mistake, true, Map.of(), Map.of(), Optional.of(mistake));
  }

  /** Reads the file that holds a 1 or a 0; anything else is a no that says so. */
  static GateVerdict plain(byte[] content) {
    String flag = new String(content, StandardCharsets.UTF_8).strip();
    if (!flag.equals("1") && !flag.equals("0")) {
      return wrong("it is neither {…} nor 1 nor 0");
    }
    String sentence = "the deploy_flag of the job is " + flag;
    return new GateVerdict(flag.equals("1"), sentence, true, Map.of(), Map.of(), Optional.empty());
  }

  /**
   * Of a job that does not judge: it passes unless a rule of the profile is broken.
   *
   * @param sentence which of them it keeps
   */
  static GateVerdict logged(Map<String, Double> metrics, String sentence) {
    return new GateVerdict(true, sentence, false, metrics, Map.of(), Optional.empty());
  }

  /** Whether the job's file is in order and has no metrics, so that those it logged count. */
  boolean lacksMetrics() {
    return candidate.isEmpty() && mistake.isEmpty();
  }

  GateVerdict with(Map<String, Double> metrics) {
    return new GateVerdict(yes, sentence, byJob, metrics, champion, mistake);
  }

  private static Optional<String> mistake(JsonNode flag) {
    if (!flag.isObject()) {
      return Optional.of("it is no object");
    }
    JsonNode verdict = flag.path("verdict");
    if (!verdict.isTextual() || !verdict.asText().matches("yes|no")) {
      return Optional.of(
          verdict.isMissingNode() ? "it has no verdict" : "its verdict is " + shortened(verdict));
    }
    if (flag.has("sentence") && !flag.path("sentence").isTextual()) {
      return Optional.of("its sentence is " + shortened(flag.path("sentence")));
    }
    return wrongMetrics("candidate", flag).or(() -> wrongMetrics("champion", flag));
  }

  private static Optional<String> wrongMetrics(String whose, JsonNode flag) {
    JsonNode metrics = flag.path(whose);
    if (metrics.isMissingNode() || metrics.isNull()) {
      return Optional.empty();
    }
    if (!metrics.isObject()) {
      return Optional.of("its %s is %s".formatted(whose, shortened(metrics)));
    }
    return metrics.properties().stream()
        .filter(metric -> !metric.getValue().isNumber())
        .map(m -> "%s of its %s is %s".formatted(m.getKey(), whose, shortened(m.getValue())))
        .findFirst();
  }

  private static String shortened(JsonNode node) {
    String text = node.toString();
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }

  private static Map<String, Double> metrics(JsonNode node) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    node.properties().forEach(m -> metrics.put(m.getKey(), m.getValue().asDouble()));
    return metrics;
  }
}
