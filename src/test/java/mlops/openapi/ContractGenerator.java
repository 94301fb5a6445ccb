package mlops.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import mlops.emulator.http.Json;
import mlops.openapi.Schemas.Flat;
import mlops.openapi.Schemas.Located;

/**
 * Makes {@code bodies.json} of the embedded Azure out of Microsoft's OpenAPI documents: for each
 * operation that has a route its body, in the compact form that {@code ShapeReader} reads.
 */
final class ContractGenerator {
  private static final JsonNode ANY = TextNode.valueOf("any");

  private final OpenApi api;
  private final Map<String, JsonNode> definitions = new TreeMap<>();
  private final Set<String> underWay = new TreeSet<>();

  ContractGenerator(OpenApi api) {
    this.api = api;
  }

  /**
   * The document.
   *
   * @param routes the operations that have a route, such as {@code PUT /subscriptions/{}}
   * @param byHand shapes of what the documents here leave out, and members that they leave open
   */
  ObjectNode make(Set<String> routes, JsonNode byHand) {
    ObjectNode document = Json.object();
    document.put(
        "source",
        "Made by ContractTest of Microsoft's OpenAPI documents (https://github.com/Azure/azure-rest-api-specs, MIT); -Dgolden=refresh writes it anew.");
    ObjectNode requests = Json.object();
    for (String route : routes) {
      api.latest(route).flatMap(this::body).ifPresent(shape -> requests.set(route, shape));
    }
    requests.setAll((ObjectNode) byHand.path("requests"));
    document.set("requests", requests);
    ObjectNode all = document.putObject("definitions");
    definitions.forEach(all::set);
    all.setAll((ObjectNode) byHand.path("definitions"));
    for (Map.Entry<String, JsonNode> more : byHand.path("members").properties()) {
      ((ObjectNode) all.path(more.getKey()).path("members")).setAll((ObjectNode) more.getValue());
    }
    return document;
  }

  private Optional<JsonNode> body(OpenApi.Operation operation) {
    return api.parameters(operation).stream()
        .filter(p -> p.node().path("in").asText().equals("body"))
        .findFirst()
        .map(p -> shape(new Located(p.file(), p.node().path("schema"))));
  }

  private JsonNode shape(Located schema) {
    Located resolved = api.schemas().resolve(schema);
    JsonNode node = resolved.node();
    String type = node.path("type").asText();
    if (node.has("enum") && (type.isEmpty() || type.equals("string"))) {
      ArrayNode words = Json.MAPPER.createArrayNode();
      node.path("enum").forEach(w -> words.add(w.asText()));
      return words;
    }
    return switch (type) {
      case "string", "boolean", "integer", "number" -> TextNode.valueOf(type);
      case "array" ->
          Json.object().set("items", shape(new Located(resolved.file(), node.path("items"))));
      default -> object(schema, resolved);
    };
  }

  private JsonNode object(Located named, Located resolved) {
    Flat flat = api.schemas().flatten(resolved);
    if (flat.properties.isEmpty() && flat.discriminator.isEmpty()) {
      return flat.additional
          .<JsonNode>map(each -> Json.object().set("entries", shape(each)))
          .orElse(ANY);
    }
    String reference = named.node().path("$ref").asText();
    if (reference.isEmpty()) {
      return members(resolved, flat);
    }
    String name = name(resolved.file(), reference);
    if (!definitions.containsKey(name) && underWay.add(name)) {
      definitions.put(name, members(resolved, flat));
    }
    return Json.object().put("is", name);
  }

  /** Documents define things of the same name: the file tells them apart. */
  private static String name(Path file, String reference) {
    String document = String.valueOf(file.getFileName()).replace(".json", "");
    return document + "." + reference.substring(reference.lastIndexOf('/') + 1);
  }

  private ObjectNode members(Located resolved, Flat flat) {
    ObjectNode shape = Json.object();
    ObjectNode members = shape.putObject("members");
    ArrayNode readOnly = Json.MAPPER.createArrayNode();
    new TreeMap<>(flat.properties)
        .forEach(
            (name, schema) -> {
              members.set(name, shape(schema));
              boolean own = schema.node().path("readOnly").asBoolean();
              if (own || api.schemas().resolve(schema).node().path("readOnly").asBoolean()) {
                readOnly.add(name);
              }
            });
    if (!readOnly.isEmpty()) {
      shape.set("readOnly", readOnly);
    }
    flat.discriminator.ifPresent(
        by -> {
          ObjectNode kinds = kinds(resolved);
          if (!kinds.isEmpty()) {
            shape.put("by", by).set("kinds", kinds);
          }
        });
    return shape;
  }

  private ObjectNode kinds(Located base) {
    ObjectNode kinds = Json.object();
    JsonNode all = api.schemas().document(base.file()).path("definitions");
    for (Map.Entry<String, JsonNode> candidate : all.properties()) {
      String value =
          candidate.getValue().path("x-ms-discriminator-value").asText(candidate.getKey());
      boolean same = candidate.getValue().equals(base.node());
      Optional<Located> subtype = same ? Optional.empty() : api.schemas().subtype(base, value);
      subtype
          .filter(s -> s.node().equals(candidate.getValue()))
          .ifPresent(s -> kinds.set(value, kind(s, candidate.getKey())));
    }
    return kinds;
  }

  private JsonNode kind(Located subtype, String definition) {
    String name = name(subtype.file(), definition);
    if (!definitions.containsKey(name) && underWay.add(name)) {
      Flat flat = api.schemas().flatten(subtype);
      flat.discriminator = Optional.empty(); // what chose it need not choose again
      definitions.put(name, members(subtype, flat));
    }
    return Json.object().put("is", name);
  }

  /** The query parameters of an operation that are documented. */
  Set<String> queries(String route) {
    return api.latest(route).stream()
        .flatMap(o -> api.parameters(o).stream())
        .map(Located::node)
        .filter(p -> p.path("in").asText().equals("query"))
        .map(p -> p.path("name").asText())
        .filter(n -> !n.equals("api-version"))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
