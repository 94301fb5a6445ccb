package mlops.azure.ml;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What a sweep searched for.
 *
 * @param metric the name of its primary metric, or empty
 * @param maximize whether more of it is better
 * @param best the id of the run of the best trial, where there is one
 */
public record Sweep(String metric, boolean maximize, Optional<String> best) {

  /** Reads the properties of the sweep's run. */
  static Sweep of(JsonNode properties) {
    JsonNode metric = Trial.json(properties.path("primary_metric_config").asText("{}"));
    return new Sweep(
        metric.path("name").asText(),
        metric.path("goal").asText().equals("maximize"),
        Optional.of(properties.path("best_child_run_id").asText()).filter(id -> !id.isEmpty()));
  }
}
