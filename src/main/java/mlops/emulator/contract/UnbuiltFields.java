package mlops.emulator.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import mlops.emulator.http.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * Members of bodies that would change what Azure does and that nothing here reads, such as rules of
 * networks: only the values that mean the same as none are taken. {@code fields.json} lists them.
 */
final class UnbuiltFields {
  private @Nullable JsonNode listed;

  /**
   * Asks that a body sets none of them.
   *
   * @param route as {@code RequestContract.key} writes it
   * @throws ApiException 501 that names member and value
   */
  void check(String route, JsonNode body) {
    for (Map.Entry<String, JsonNode> field : listed().path(route).properties()) {
      JsonNode value = body.at("/" + field.getKey().replace('.', '/'));
      List<String> harmless = ShapeReader.texts(field.getValue());
      boolean nothing = value.isMissingNode() || value.isNull() || value.asText("-").isEmpty();
      if (!nothing && harmless.stream().noneMatch(value.asText()::equalsIgnoreCase)) {
        throw ApiException.notImplemented(
            "The embedded Azure does not know '%s': %s. It can be left out%s."
                .formatted(
                    field.getKey(),
                    value,
                    harmless.isEmpty() ? "" : " or be " + String.join(", ", harmless)));
      }
    }
  }

  /** The same for the PUT of an id, which the refusal names. */
  void checkPut(String id, JsonNode body) {
    for (Map.Entry<String, JsonNode> route : listed().properties()) {
      if (isPut(route.getKey(), id)) {
        try {
          check(route.getKey(), body);
        } catch (ApiException e) {
          throw ApiException.notImplemented("%s: %s".formatted(id, e.message()));
        }
      }
    }
  }

  /** Whether a route, as {@code RequestContract.key} writes it, is the PUT of an id. */
  static boolean isPut(String route, String id) {
    return ("PUT " + id).matches("(?i)" + route.replace("{}", "[^/]+"));
  }

  private synchronized JsonNode listed() {
    JsonNode known = listed;
    if (known == null) {
      known = RequestContract.read("fields.json");
      listed = known;
    }
    return known;
  }
}
