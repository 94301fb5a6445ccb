package mlops.steps.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the evaluate job found: the verdict of the gate and the metrics behind it.
 *
 * @param sentence why, in words for people
 * @param candidate metrics of the new model by name: {@code r2}, {@code rmse}, {@code mae}
 * @param champion the same of the model to beat; empty where there was none
 */
public record GateVerdict(
    boolean yes, String sentence, Map<String, Double> candidate, Map<String, Double> champion) {
  private static final ObjectMapper JSON = new ObjectMapper();
  static final String FILE = "deploy_flag.json";

  static GateVerdict parse(byte[] json) {
    try {
      JsonNode flag = JSON.readTree(json);
      return new GateVerdict(
          flag.path("verdict").asText().equals("yes"),
          flag.path("sentence").asText(),
          metrics(flag.path("candidate")),
          metrics(flag.path("champion")));
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + " of the job is not JSON", e);
    }
  }

  private static Map<String, Double> metrics(JsonNode node) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    node.fields()
        .forEachRemaining(
            e -> {
              if (e.getValue().isNumber()) {
                metrics.put(e.getKey(), e.getValue().asDouble());
              }
            });
    return metrics;
  }
}
