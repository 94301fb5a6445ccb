package mlops.emulator.github.environment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import mlops.emulator.http.Json;

/**
 * A secret or a variable.
 *
 * @param value of a variable in clear, of a secret in its box
 */
public record StoredValue(String name, String value, String createdAt, String updatedAt) {

  static StoredValue of(ObjectNode document) {
    return new StoredValue(
        document.path("name").asText(),
        document.path("value").asText(),
        document.path("created_at").asText(),
        document.path("updated_at").asText());
  }

  ObjectNode document() {
    return Json.object()
        .put("name", name)
        .put("value", value)
        .put("created_at", createdAt)
        .put("updated_at", updatedAt);
  }
}
