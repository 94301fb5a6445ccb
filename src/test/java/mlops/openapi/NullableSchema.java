package mlops.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Holds JSON against a schema of OpenAPI 3, in which a member is null only where it may be. */
final class NullableSchema {
  private final UnaryOperator<JsonNode> resolve;

  /**
   * @param resolve follows references
   */
  NullableSchema(UnaryOperator<JsonNode> resolve) {
    this.resolve = resolve;
  }

  /** What is wrong, each with its path. */
  List<String> mistakes(JsonNode reference, JsonNode value, String path) {
    JsonNode schema = resolve.apply(reference);
    if (value.isNull()) {
      return schema.path("nullable").asBoolean() ? List.of() : List.of(path + ": null");
    }
    List<String> found = new ArrayList<>();
    for (String choice : List.of("anyOf", "oneOf")) {
      if (schema.has(choice)) {
        found.addAll(ofChoice(schema.path(choice), value, path));
      }
    }
    schema.path("allOf").forEach(part -> found.addAll(mistakes(part, value, path)));
    switch (schema.path("type").asText()) {
      case "object" -> object(schema, value, path, found);
      case "array" -> array(schema, value, path, found);
      case "string" -> text(schema, value, path, found);
      case "integer" -> require(value.isIntegralNumber(), path + ": no integer", found);
      case "number" -> require(value.isNumber(), path + ": no number", found);
      case "boolean" -> require(value.isBoolean(), path + ": no boolean", found);
      default -> {}
    }
    return found;
  }

  private List<String> ofChoice(JsonNode choices, JsonNode value, String path) {
    List<String> best = new ArrayList<>();
    for (JsonNode choice : choices) {
      List<String> found = mistakes(choice, value, path);
      if (found.isEmpty()) {
        return List.of();
      }
      if (best.isEmpty() || found.size() < best.size()) {
        best = found;
      }
    }
    return best;
  }

  private void object(JsonNode schema, JsonNode value, String path, List<String> found) {
    if (!value.isObject()) {
      found.add(path + ": no object");
      return;
    }
    JsonNode members = schema.path("properties");
    for (JsonNode name : schema.path("required")) {
      require(value.has(name.asText()), path + "." + name.asText() + ": required", found);
    }
    value
        .properties()
        .forEach(
            member -> {
              String at = path + "." + member.getKey();
              if (members.has(member.getKey())) {
                found.addAll(mistakes(members.path(member.getKey()), member.getValue(), at));
              } else if (!schema.path("additionalProperties").isObject() && !members.isEmpty()) {
                found.add(at + ": not in the description");
              }
            });
  }

  private void array(JsonNode schema, JsonNode value, String path, List<String> found) {
    require(value.isArray(), path + ": no array", found);
    int at = 0;
    for (JsonNode item : value) {
      found.addAll(mistakes(schema.path("items"), item, path + "[" + at++ + "]"));
    }
  }

  private static void text(JsonNode schema, JsonNode value, String path, List<String> found) {
    if (!value.isTextual()) {
      found.add(path + ": no string");
      return;
    }
    found.addAll(SchemaCheck.textMistakes(schema, value.asText(), path));
    if (schema.path("format").asText().equals("date-time")) {
      try {
        var unused = OffsetDateTime.parse(value.asText());
      } catch (DateTimeParseException e) {
        found.add(path + ": no time: " + value);
      }
    }
  }

  private static void require(boolean right, String mistake, List<String> found) {
    if (!right) {
      found.add(mistake);
    }
  }
}
