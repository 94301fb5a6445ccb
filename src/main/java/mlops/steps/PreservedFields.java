package mlops.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * What a PUT would take away from a resource that is there: it replaces all tags, also those that
 * somebody else has set, or this program for itself (what served before), and the default
 * deployment of an endpoint.
 */
public final class PreservedFields {

  /** The request that asks for the same, and for what is there and not spoken of. */
  public static ObjectNode addTo(ObjectNode request, Optional<ObjectNode> actual) {
    ObjectNode whole = request.deepCopy();
    actual.ifPresent(
        there -> {
          tags(whole, there.path("tags"));
          JsonNode defaults = there.at("/properties/defaults");
          if (defaults.isObject() && whole.at("/properties/defaults").isMissingNode()) {
            whole.withObject("/properties").set("defaults", defaults);
          }
        });
    return whole;
  }

  private static void tags(ObjectNode request, JsonNode there) {
    if (there instanceof ObjectNode tags && !tags.isEmpty()) {
      ObjectNode all = tags.deepCopy();
      if (request.path("tags") instanceof ObjectNode own) {
        all.setAll(own);
      }
      request.set("tags", all);
    }
  }

  private PreservedFields() {}
}
