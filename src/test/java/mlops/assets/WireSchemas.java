package mlops.assets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import mlops.Shared;

/** Checks request bodies against Microsoft's ARM schema of Machine Learning. */
final class WireSchemas {
  private static final Set<String> ENVELOPE = Set.of("name", "type", "apiVersion");

  private final JsonNode root;

  private WireSchemas(JsonNode root) {
    this.root = root;
  }

  /** What is wrong with the bodies of a translation; unknown fields count. */
  static List<String> violations(AssetRequests translation) {
    try {
      WireSchemas schemas =
          new WireSchemas(
              new ObjectMapper()
                  .readTree(
                      Shared.path(
                              "openapi/arm-schemas/2026-05-01/Microsoft.MachineLearningServices.json")
                          .toFile()));
      List<String> wrong = new ArrayList<>();
      translation.resources().forEach(resource -> wrong.addAll(schemas.check(resource)));
      return wrong;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> check(Resource resource) {
    String type = resource.collection().replaceFirst("/.*/", "_");
    boolean versions =
        Set.of("environments", "data", "models", "codes", "components").contains(type);
    JsonNode schema =
        root.path("resourceDefinitions").path("workspaces_" + type + (versions ? "_versions" : ""));
    if (schema.isMissingNode()) {
      return List.of("no schema for " + type);
    }
    List<String> wrong = check(schema, WireCatalog.sent(resource), resource.path());
    wrong.removeIf(w -> w.contains(".flavors.")); // lost its field "data" on the way to ARM
    wrong.removeIf(w -> ENVELOPE.stream().anyMatch(f -> w.equals(resource.path() + ": no " + f)));
    return wrong;
  }

  private List<String> check(JsonNode reference, JsonNode json, String path) {
    return readings(resolve(reference)).stream()
        .map(reading -> check(reading, json, path))
        .min(Comparator.comparingInt(List::size))
        .orElseThrow();
  }

  /** The schemas that hold together, for each alternative; ARM's expressions are none. */
  private List<List<JsonNode>> readings(JsonNode schema) {
    List<List<JsonNode>> all = List.of(List.of(schema));
    for (JsonNode part : schema.path("allOf")) {
      all = product(all, readings(resolve(part)));
    }
    List<List<JsonNode>> choices = new ArrayList<>();
    for (JsonNode choice : schema.path("oneOf")) {
      if (!choice.path("$ref").asText().contains("/common/definitions.json")) {
        choices.addAll(readings(resolve(choice)));
      }
    }
    return choices.isEmpty() ? all : product(all, choices);
  }

  private static List<List<JsonNode>> product(List<List<JsonNode>> a, List<List<JsonNode>> b) {
    return a.stream()
        .flatMap(x -> b.stream().map(y -> Stream.concat(x.stream(), y.stream()).toList()))
        .toList();
  }

  private JsonNode resolve(JsonNode schema) {
    String ref = schema.path("$ref").asText();
    return ref.startsWith("#/") ? resolve(root.at(ref.substring(1))) : schema;
  }

  private List<String> check(List<JsonNode> schemas, JsonNode json, String path) {
    List<String> wrong = new ArrayList<>();
    Map<String, JsonNode> known = new HashMap<>();
    boolean open = false;
    for (JsonNode schema : schemas) {
      open |= isOpen(schema);
      schema.path("properties").properties().forEach(p -> known.put(p.getKey(), p.getValue()));
      schema.path("required").forEach(name -> require(name.asText(), json, path, wrong));
      checkValue(schema, json, path, wrong);
    }
    for (Map.Entry<String, JsonNode> field : json.properties()) {
      String below = path + "." + field.getKey();
      JsonNode schema = known.getOrDefault(field.getKey(), additional(schemas));
      if (!schema.isMissingNode() && !schema.isBoolean()) {
        wrong.addAll(check(schema, field.getValue(), below));
      } else if (!open) {
        wrong.add(below + " is not in the schema");
      }
    }
    return wrong;
  }

  private static JsonNode additional(List<JsonNode> schemas) {
    return schemas.stream()
        .map(s -> s.path("additionalProperties"))
        .filter(JsonNode::isObject)
        .findFirst()
        .orElse(schemas.get(0).path("nothing"));
  }

  /** Whether any field is allowed: a map, or something without a description of its fields. */
  private static boolean isOpen(JsonNode schema) {
    return !schema.has("oneOf")
        && !schema.has("allOf")
        && (schema.path("additionalProperties").isObject() || !schema.has("properties"));
  }

  private static void require(String name, JsonNode json, String path, List<String> wrong) {
    if (!json.has(name)) {
      wrong.add(path + ": no " + name);
    }
  }

  private static void checkValue(JsonNode schema, JsonNode json, String path, List<String> wrong) {
    String type = schema.path("type").asText();
    boolean right =
        switch (type) {
          case "string" -> json.isTextual();
          case "integer" -> json.isIntegralNumber();
          case "boolean" -> json.isBoolean();
          case "object" -> json.isObject();
          case "array" -> json.isArray();
          default -> true;
        };
    if (!right) {
      wrong.add("%s is %s, not %s".formatted(path, json, type));
    }
    JsonNode words = schema.path("enum");
    if (!words.isMissingNode()
        && StreamSupport.stream(words.spliterator(), false)
            .noneMatch(w -> w.asText().equalsIgnoreCase(json.asText()))) {
      wrong.add("%s is %s, not one of %s".formatted(path, json, words));
    }
  }
}
