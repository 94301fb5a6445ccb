package mlops.azure.ml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A trial of a sweep.
 *
 * @param sweep the id of the sweep's run
 * @param parameters the values that it tries, by name
 */
public record Trial(String sweep, Map<String, String> parameters) {
  private static final JsonMapper JSON = new JsonMapper();

  /** Reads the tag {@code hyperparameters} of a run; one that somebody else made has none. */
  static Trial of(String sweep, String tag) {
    Map<String, String> parameters = new LinkedHashMap<>();
    json(tag).fields().forEachRemaining(p -> parameters.put(p.getKey(), p.getValue().asText()));
    return new Trial(sweep, parameters);
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return JSON.createObjectNode();
    }
  }
}
