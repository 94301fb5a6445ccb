package mlops.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The documents with their references resolved, and schemas with their {@code allOf} flattened. */
final class Schemas {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A node and the document that its references start from. */
  record Located(Path file, JsonNode node) {}

  /** A schema in one piece. */
  static final class Flat {
    final Map<String, Located> properties = new HashMap<>();
    final Set<String> required = new HashSet<>();
    boolean closed;
    Optional<Located> additional = Optional.empty();
    Optional<String> discriminator = Optional.empty();
  }

  private final Map<Path, JsonNode> documents = new ConcurrentHashMap<>();

  JsonNode document(Path file) {
    return documents.computeIfAbsent(
        file.normalize(),
        path -> {
          try {
            return JSON.readTree(path.toFile());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** Follows references until there is none. */
  Located resolve(Located at) {
    Located found = at;
    while (found.node().has("$ref")) {
      String[] parts = found.node().path("$ref").asText().split("#", 2);
      Path file =
          parts[0].isEmpty() ? found.file() : found.file().resolveSibling(parts[0]).normalize();
      found = new Located(file, document(file).at(parts[1]));
    }
    return found;
  }

  Flat flatten(Located schema) {
    Flat flat = new Flat();
    collect(resolve(schema), flat);
    return flat;
  }

  private void collect(Located schema, Flat flat) {
    for (JsonNode part : schema.node().path("allOf")) {
      collect(resolve(new Located(schema.file(), part)), flat);
    }
    schema
        .node()
        .path("properties")
        .fields()
        .forEachRemaining(
            e -> flat.properties.put(e.getKey(), new Located(schema.file(), e.getValue())));
    schema.node().path("required").forEach(name -> flat.required.add(name.asText()));
    JsonNode additional = schema.node().path("additionalProperties");
    if (additional.isObject()) {
      flat.additional = Optional.of(new Located(schema.file(), additional));
    }
    flat.closed |= additional.isBoolean() && !additional.asBoolean();
    if (schema.node().has("discriminator")) {
      flat.discriminator = Optional.of(schema.node().path("discriminator").asText());
    }
  }

  /** The subtype of a schema that a discriminator's value stands for, ignoring case. */
  Optional<Located> subtype(Located base, String value) {
    Located root = resolve(base);
    if (matches(root.node(), "", value)) {
      return Optional.of(root);
    }
    Iterator<Map.Entry<String, JsonNode>> all = document(root.file()).path("definitions").fields();
    while (all.hasNext()) {
      Map.Entry<String, JsonNode> candidate = all.next();
      if (matches(candidate.getValue(), candidate.getKey(), value)) {
        Located found = new Located(root.file(), candidate.getValue());
        if (descends(found, root.node())) {
          return Optional.of(found);
        }
      }
    }
    return Optional.empty();
  }

  private static boolean matches(JsonNode schema, String name, String value) {
    return schema.path("x-ms-discriminator-value").asText(name).equalsIgnoreCase(value);
  }

  private boolean descends(Located schema, JsonNode base) {
    for (JsonNode part : schema.node().path("allOf")) {
      Located parent = resolve(new Located(schema.file(), part));
      if (parent.node().equals(base) || descends(parent, base)) {
        return true;
      }
    }
    return false;
  }

  /** A node without its null members: services send null where they mean nothing. */
  static JsonNode withoutNulls(JsonNode node) {
    if (node instanceof ObjectNode object) {
      ObjectNode copy = JSON.createObjectNode();
      object
          .fields()
          .forEachRemaining(
              e -> {
                if (!e.getValue().isNull()) {
                  copy.set(e.getKey(), withoutNulls(e.getValue()));
                }
              });
      return copy;
    }
    return node;
  }

  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
