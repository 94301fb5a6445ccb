package mlops.emulator.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Reads shapes from their compact form: {@code "string"}, {@code ["one", "two"]}, {@code {"items":
 * …}}, {@code {"entries": …}}, {@code {"is": name}}, and {@code {"members": …, "readOnly": […],
 * "by": member, "kinds": …}}.
 */
final class ShapeReader {

  static BodyShape read(JsonNode shape) {
    if (shape.isTextual()) {
      return shape.asText().equals("any")
          ? new BodyShape.Any()
          : new BodyShape.Scalar(shape.asText());
    }
    if (shape.isArray()) {
      return new BodyShape.Choice(texts(shape));
    }
    if (shape.has("items")) {
      return new BodyShape.Items(read(shape.get("items")));
    }
    if (shape.has("entries")) {
      return new BodyShape.Entries(read(shape.get("entries")));
    }
    if (shape.has("is")) {
      return new BodyShape.Reference(shape.get("is").asText());
    }
    Set<String> readOnly = new LinkedHashSet<>(texts(shape.path("readOnly")));
    return new BodyShape.Members(
        all(shape.path("members")), readOnly, shape.path("by").asText(), all(shape.path("kinds")));
  }

  static Map<String, BodyShape> all(JsonNode shapes) {
    Map<String, BodyShape> all = new LinkedHashMap<>();
    shapes.properties().forEach(e -> all.put(e.getKey(), read(e.getValue())));
    return all;
  }

  static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  private ShapeReader() {}
}
