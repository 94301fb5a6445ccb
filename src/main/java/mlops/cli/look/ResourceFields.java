package mlops.cli.look;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What somebody wants to know of a resource, by names with dots: two levels deep, and nothing that
 * is empty. {@code -o json} has all of it.
 */
final class ResourceFields {
  /** Said of every resource, and first, in this order. */
  private static final List<String> FIRST = List.of("name", "type", "location", "kind");

  /** What stands for an object that lies deeper. */
  private static final List<String> MEANING =
      List.of("value", "uri", "path", "endpoint", "componentId", "assetName");

  private final Map<String, String> fields = new LinkedHashMap<>();

  private ResourceFields() {}

  /** The fields of a resource, as texts in the order of the table. */
  static Map<String, String> of(ObjectNode resource) {
    ResourceFields all = new ResourceFields();
    FIRST.forEach(name -> all.add(name, resource.path(name), 0));
    resource
        .path("properties")
        .fields()
        .forEachRemaining(f -> all.add(f.getKey(), f.getValue(), 0));
    resource
        .fields()
        .forEachRemaining(
            f -> {
              if (!Stream.concat(FIRST.stream(), Stream.of("id", "properties"))
                  .toList()
                  .contains(f.getKey())) {
                all.add(f.getKey(), f.getValue(), 0);
              }
            });
    return all.fields;
  }

  private void add(String name, JsonNode value, int depth) {
    String last = name.substring(name.lastIndexOf('.') + 1);
    if (value.isObject() && depth == 0) {
      value.fields().forEachRemaining(f -> add(name + "." + f.getKey(), f.getValue(), depth + 1));
    } else if (!last.startsWith("_") && !last.endsWith("ByType")) {
      String text = text(value);
      if (!text.isEmpty()) {
        fields.put(name, text);
      }
    }
  }

  private static String text(JsonNode value) {
    List<String> texts = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(one -> texts.add(text(one)));
    } else if (value.isObject()) {
      MEANING.stream()
          .filter(value::has)
          .findFirst()
          .ifPresentOrElse(
              name -> texts.add(text(value.path(name))),
              () ->
                  value.fields().forEachRemaining(f -> texts.add(pair(f.getKey(), f.getValue()))));
    } else if (!value.isNull()) {
      texts.add(brief(value.asText()));
    }
    return String.join(", ", texts);
  }

  /** {@code maxNodeCount 3}; of what lies deeper still, its name alone. */
  private static String pair(String name, JsonNode value) {
    return brief(name) + (value.isContainerNode() ? "" : " " + brief(value.asText()));
  }

  /** An ARM id as its last two parts, which tell what it is of. */
  static String brief(String text) {
    String[] parts = text.split("/");
    return text.startsWith("/subscriptions/") && parts.length > 4
        ? parts[parts.length - 2] + "/" + parts[parts.length - 1]
        : text;
  }
}
