package mlops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The published schema of documents, and what of JSON Schema it uses; it may use no more. */
final class DocumentSchema {
  private static final JsonNode SCHEMA = read(Path.of("docs/schema/document.json"));
  private static final Set<String> WORDS = // that are about nothing, or read beside another
      Set.of("$schema", "$defs", "title", "description", "then", "else");

  private final List<String> wrong = new ArrayList<>();

  private static JsonNode read(Path file) {
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where a document is not what the schema says; empty where it is. */
  static List<String> violations(JsonNode document) {
    DocumentSchema schema = new DocumentSchema();
    schema.check("", document, SCHEMA);
    return List.copyOf(schema.wrong);
  }

  private static boolean fits(JsonNode value, JsonNode schema) {
    DocumentSchema trial = new DocumentSchema();
    trial.check("", value, schema);
    return trial.wrong.isEmpty();
  }

  private void check(String at, JsonNode value, JsonNode schema) {
    if (schema.isBoolean()) {
      require(schema.booleanValue(), at, "is not expected");
      return;
    }
    schema.properties().forEach(word -> check(at, value, schema, word));
  }

  private void check(String at, JsonNode value, JsonNode schema, Map.Entry<String, JsonNode> word) {
    JsonNode says = word.getValue();
    switch (word.getKey()) {
      case "$ref" -> check(at, value, SCHEMA.at(says.asText().substring(1)));
      case "type" -> require(isOf(value, says), at, "is no " + says);
      case "const" -> require(value.equals(says), at, "is not " + says);
      case "enum" -> require(contains(says, value), at, "is none of " + says);
      case "minimum" -> require(value.asDouble() >= says.asDouble(), at, "is less than " + says);
      case "required" ->
          says.forEach(name -> require(value.has(name.asText()), at, "lacks " + name));
      case "properties" ->
          says.properties().stream()
              .filter(p -> value.has(p.getKey()))
              .forEach(p -> check(at + "/" + p.getKey(), value.get(p.getKey()), p.getValue()));
      case "additionalProperties" ->
          value.properties().stream()
              .filter(p -> !schema.path("properties").has(p.getKey()))
              .forEach(p -> check(at + "/" + p.getKey(), p.getValue(), says));
      case "items" -> value.forEach(item -> check(at + "/*", item, says));
      case "allOf" -> says.forEach(one -> check(at, value, one));
      case "oneOf" -> {
        long fitting = count(says, value);
        require(fitting == 1, at, "fits %d of %s".formatted(fitting, says));
      }
      case "if" -> check(at, value, branch(schema, fits(value, says)));
      default -> require(WORDS.contains(word.getKey()), at, "no " + word.getKey() + " is known");
    }
  }

  private static JsonNode branch(JsonNode schema, boolean fits) {
    JsonNode branch = schema.path(fits ? "then" : "else");
    return branch.isMissingNode() ? BooleanNode.TRUE : branch;
  }

  private void require(boolean right, String at, String problem) {
    if (!right) {
      wrong.add(at + " " + problem);
    }
  }

  private static long count(JsonNode schemas, JsonNode value) {
    long fitting = 0;
    for (JsonNode schema : schemas) {
      fitting += fits(value, schema) ? 1 : 0;
    }
    return fitting;
  }

  private static boolean contains(JsonNode all, JsonNode value) {
    for (JsonNode one : all) {
      if (one.equals(value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOf(JsonNode value, JsonNode types) {
    if (types.isTextual()) {
      return isOf(value, types.asText());
    }
    for (JsonNode type : types) {
      if (isOf(value, type.asText())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOf(JsonNode value, String type) {
    return switch (type) {
      case "string" -> value.isTextual();
      case "number" -> value.isNumber();
      case "integer" -> value.isIntegralNumber();
      case "boolean" -> value.isBoolean();
      case "array" -> value.isArray();
      case "object" -> value.isObject();
      case "null" -> value.isNull();
      default -> false;
    };
  }
}
