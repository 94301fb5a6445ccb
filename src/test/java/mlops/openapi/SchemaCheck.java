package mlops.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import mlops.openapi.Schemas.Flat;
import mlops.openapi.Schemas.Located;

/** Holds one JSON body against one schema and says what differs, each with its JSON path. */
final class SchemaCheck {
  private final Schemas schemas;
  private final boolean request;
  private final boolean strict;
  private final List<String> found = new ArrayList<>();

  /**
   * @param request whether the body is a request, where read-only members need not be there
   * @param strict whether members that the schema does not know are wrong; not where the body is of
   *     a newer api-version than the document
   */
  SchemaCheck(Schemas schemas, boolean request, boolean strict) {
    this.schemas = schemas;
    this.request = request;
    this.strict = strict;
  }

  List<String> check(Located schema, JsonNode body) {
    value(schema, Schemas.withoutNulls(body), "$");
    return found;
  }

  private void value(Located reference, JsonNode value, String path) {
    Located schema = schemas.resolve(reference);
    String type = schema.node().path("type").asText();
    if (type.equals("array")) {
      array(schema, value, path);
    } else if (type.equals("object")
        || schema.node().has("properties")
        || schema.node().has("allOf")) {
      object(schema, value, path);
    } else {
      scalar(schema.node(), type, value, path);
    }
  }

  private void array(Located schema, JsonNode value, String path) {
    if (!value.isArray()) {
      found.add(path + ": an array is expected");
      return;
    }
    if (schema.node().has("items")) {
      for (int i = 0; i < value.size(); i++) {
        value(
            new Located(schema.file(), schema.node().get("items")),
            Schemas.withoutNulls(value.get(i)),
            path + "[" + i + "]");
      }
    }
  }

  /** The documents of ARM call a value of any type an object without properties. */
  private static boolean isAnyValue(JsonNode schema) {
    return schema.path("description").asText().startsWith("The value of the property ")
        && !schema.has("properties");
  }

  private void object(Located schema, JsonNode value, String path) {
    if (!value.isObject() && isAnyValue(schema.node())) {
      return;
    }
    if (!value.isObject()) {
      found.add(path + ": an object is expected");
      return;
    }
    Located actual = subtype(schema, value, path);
    Flat flat = schemas.flatten(actual);
    for (String name : flat.required) {
      // The last page has no nextLink, also where a document asks for one (subscriptions, tenants).
      boolean lastPage = name.equals("nextLink");
      boolean oneWay = request ? readOnly(flat, name) : writeOnly(flat, name);
      if (!value.has(name) && !lastPage && !oneWay) {
        found.add(path + "." + name + ": required");
      }
    }
    value
        .fields()
        .forEachRemaining(e -> member(flat, e.getKey(), e.getValue(), path + "." + e.getKey()));
  }

  private Located subtype(Located schema, JsonNode value, String path) {
    Optional<String> discriminator = schemas.flatten(schema).discriminator;
    if (discriminator.isEmpty() || !value.has(discriminator.get())) {
      return schema;
    }
    String kind = value.path(discriminator.get()).asText();
    Optional<Located> found = schemas.subtype(schema, kind);
    if (found.isEmpty()) {
      this.found.add(path + "." + discriminator.get() + ": '" + kind + "' is no known kind");
    }
    return found.orElse(schema);
  }

  private void member(Flat flat, String name, JsonNode value, String path) {
    Located schema = flat.properties.get(name);
    if (schema != null) {
      value(schema, value, path);
    } else if (flat.additional.isPresent()) {
      if (!flat.additional.get().node().isEmpty()) {
        value(flat.additional.get(), value, path);
      }
    } else if (strict && (flat.closed || !flat.properties.isEmpty())) {
      found.add(path + ": not in the document");
    }
  }

  /** Whether services keep a property to themselves: it may be sent, and is not answered. */
  private static boolean writeOnly(Flat flat, String name) {
    Located schema = flat.properties.get(name);
    JsonNode uses =
        schema == null ? MissingNode.getInstance() : schema.node().path("x-ms-mutability");
    return !uses.isEmpty() && !uses.toString().contains("\"read\"");
  }

  private boolean readOnly(Flat flat, String name) {
    Located schema = flat.properties.get(name);
    return schema != null
        && (schema.node().path("readOnly").asBoolean()
            || schemas.resolve(schema).node().path("readOnly").asBoolean());
  }

  private void scalar(JsonNode schema, String type, JsonNode value, String path) {
    boolean right =
        switch (type) {
          case "string" -> value.isTextual();
          case "integer" -> value.isIntegralNumber();
          case "number" -> value.isNumber();
          case "boolean" -> value.isBoolean();
          default -> true;
        };
    if (!right) {
      found.add(path + ": a " + type + " is expected, not " + value);
    } else if (value.isTextual()) {
      text(schema, value.asText(), path);
    } else if (value.isNumber()) {
      number(schema, value, path);
    }
  }

  private void text(JsonNode schema, String value, String path) {
    found.addAll(textMistakes(schema, value, path));
  }

  /** What a schema or a parameter has against a text. */
  static List<String> textMistakes(JsonNode schema, String value, String path) {
    List<String> mistakes = new ArrayList<>();
    if (schema.has("enum")) {
      boolean known = false;
      for (JsonNode allowed : schema.get("enum")) {
        known |= allowed.asText().equalsIgnoreCase(value);
      }
      if (!known) {
        mistakes.add(path + ": '" + value + "' is none of " + schema.get("enum"));
      }
    }
    if (schema.has("pattern")
        && !Pattern.compile(schema.get("pattern").asText()).matcher(value).find()) {
      mistakes.add(path + ": '" + value + "' is not of the form " + schema.get("pattern"));
    }
    int length = value.length();
    if (length < schema.path("minLength").asInt(0)
        || length > schema.path("maxLength").asInt(Integer.MAX_VALUE)) {
      mistakes.add(path + ": '" + value + "' has a length of " + length);
    }
    return mistakes;
  }

  private void number(JsonNode schema, JsonNode value, String path) {
    double actual = value.asDouble();
    if (actual < schema.path("minimum").asDouble(Double.NEGATIVE_INFINITY)
        || actual > schema.path("maximum").asDouble(Double.POSITIVE_INFINITY)) {
      found.add(path + ": " + value + " is out of bounds");
    }
  }
}
