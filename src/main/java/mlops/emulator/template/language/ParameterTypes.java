package mlops.emulator.template.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import mlops.emulator.http.ApiException;
import mlops.emulator.template.function.TemplateErrors;
import mlops.emulator.template.function.TemplateValues;

/**
 * The types of parameters and outputs, and the constraints on their values: those of every
 * template, and the type definitions of language version 2.0.
 */
public final class ParameterTypes {
  private static final String DEFINITIONS = "#/definitions/";
  private static final int DEEPEST = 100;

  private final JsonNode definitions;

  public ParameterTypes(JsonNode template) {
    this.definitions = template.path("definitions");
  }

  /** What a declaration says with what it refers to; what it says itself comes first. */
  JsonNode resolved(JsonNode declared) {
    JsonNode resolved = declared;
    for (int i = 0; i < DEEPEST && resolved.has("$ref"); i++) {
      String reference = resolved.path("$ref").asText();
      JsonNode target =
          reference.startsWith(DEFINITIONS)
              ? definitions.path(reference.substring(DEFINITIONS.length()))
              : definitions.path("");
      if (!target.isObject()) {
        throw TemplateErrors.template(
            "The type reference '%s' does not resolve to a type definition".formatted(reference));
      }
      ObjectNode both = target.deepCopy();
      resolved.properties().stream()
          .filter(field -> !field.getKey().equals("$ref"))
          .forEach(field -> both.set(field.getKey(), field.getValue()));
      resolved = both;
    }
    return resolved;
  }

  /** The type that is declared, in lower case, such as {@code securestring}. */
  public String type(JsonNode declared) {
    return resolved(declared).path("type").asText().toLowerCase(Locale.ROOT);
  }

  public boolean isNullable(JsonNode declared) {
    return resolved(declared).path("nullable").asBoolean();
  }

  /**
   * Asks that a value is of the declared type and within its constraints.
   *
   * @param what such as {@code template parameter}, as errors tell it
   * @throws ApiException 400 InvalidTemplate
   */
  public void check(String what, String name, JsonNode declared, JsonNode value) {
    check(what, name, declared, value, 0);
  }

  private void check(String what, String name, JsonNode declared, JsonNode value, int depth) {
    if (depth > DEEPEST) {
      throw TemplateErrors.template("The value of the %s '%s' is too deep".formatted(what, name));
    }
    JsonNode definition = resolved(declared);
    if (value.isNull() && definition.path("nullable").asBoolean()) {
      return;
    }
    requireType(what, name, definition.path("type").asText(), value);
    requireAllowed(what, name, definition.path("allowedValues"), value);
    requireWithin(what, name, definition, value);
    if (value.isObject()) {
      String chooser = definition.at("/discriminator/propertyName").asText();
      JsonNode chosen = discriminated(what, name, definition, value);
      members(what, name, chosen, chooser, value, depth);
    } else if (value.isArray()) {
      elements(what, name, definition, value, depth);
    }
  }

  private static void requireType(String what, String name, String type, JsonNode value) {
    boolean right =
        switch (type.toLowerCase(Locale.ROOT)) {
          case "string", "securestring" -> value.isTextual() || value.isNull();
          case "int" -> value.isIntegralNumber();
          case "bool" -> value.isBoolean();
          case "array" -> value.isArray();
          case "object", "secureobject" -> value.isObject() || value.isNull();
          case "any" -> true;
          default ->
              throw TemplateErrors.template(
                  "The type '%s' of the %s '%s' is not supported".formatted(type, what, name));
        };
    if (!right) {
      throw TemplateErrors.template(
          "Template %s JToken type is not valid for '%s'. Expected '%s'. Actual '%s'. Please see https://aka.ms/resource-manager-parameter-files for usage details."
              .formatted(what.replace("template ", ""), name, type, TemplateValues.type(value)));
    }
  }

  /** Of an array with allowed values each element must be one of them. */
  private static void requireAllowed(String what, String name, JsonNode allowed, JsonNode value) {
    if (!allowed.isArray()) {
      return;
    }
    boolean fits = TemplateValues.list(allowed).contains(value);
    if (value.isArray() && !fits) {
      fits = TemplateValues.list(allowed).containsAll(TemplateValues.list(value));
    }
    if (!fits) {
      throw invalid(
          what,
          name,
          "The value '%s' is not part of the allowed value(s): '%s'."
              .formatted(
                  TemplateValues.shown(value),
                  StreamSupport.stream(allowed.spliterator(), false)
                      .map(TemplateValues::shown)
                      .collect(Collectors.joining(","))));
    }
  }

  private static void requireWithin(String what, String name, JsonNode definition, JsonNode value) {
    if (value.isIntegralNumber()) {
      long number = value.asLong();
      if (number < definition.path("minValue").asLong(number)
          || number > definition.path("maxValue").asLong(number)) {
        throw invalid(
            what,
            name,
            "The value '%d' is not between %s and %s."
                .formatted(
                    number,
                    definition.path("minValue").asText("any"),
                    definition.path("maxValue").asText("any")));
      }
    }
    if (value.isTextual() || value.isArray()) {
      int length = value.isArray() ? value.size() : value.asText().length();
      requireLength(what, name, definition, length);
    }
  }

  private static void requireLength(String what, String name, JsonNode definition, int length) {
    if (length < definition.path("minLength").asInt(length)) {
      throw invalid(
          what,
          name,
          "Length of the value should be greater than or equal to '%s'."
              .formatted(definition.path("minLength").asText()));
    }
    if (length > definition.path("maxLength").asInt(length)) {
      throw invalid(
          what,
          name,
          "Length of the value should be less than or equal to '%s'."
              .formatted(definition.path("maxLength").asText()));
    }
  }

  /** The definition that the value of the discriminator chooses, where there is one. */
  private JsonNode discriminated(String what, String name, JsonNode definition, JsonNode value) {
    JsonNode discriminator = definition.path("discriminator");
    if (!discriminator.isObject()) {
      return definition;
    }
    String by = discriminator.path("propertyName").asText();
    String chosen = value.path(by).asText();
    JsonNode mapped = discriminator.path("mapping").path(chosen);
    if (chosen.isEmpty() || mapped.isMissingNode()) {
      throw invalid(
          what, name, "The value '%s' of '%s' is none of its kinds.".formatted(chosen, by));
    }
    return resolved(mapped);
  }

  private void members(
      String what, String name, JsonNode definition, String chooser, JsonNode value, int depth) {
    JsonNode declared = definition.path("properties");
    for (Map.Entry<String, JsonNode> property : declared.properties()) {
      JsonNode member = value.path(property.getKey());
      String place = name + "." + property.getKey();
      if (!member.isMissingNode()) {
        check(what, place, property.getValue(), member, depth + 1);
      } else if (!isNullable(property.getValue())) {
        throw invalid(what, name, "The property '%s' is required.".formatted(property.getKey()));
      }
    }
    JsonNode more = definition.path("additionalProperties");
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      boolean known = declared.has(field.getKey()) || field.getKey().equals(chooser);
      if (!known && more.isObject()) {
        check(what, name + "." + field.getKey(), more, field.getValue(), depth + 1);
      } else if (!known && more.isBoolean() && !more.asBoolean()) {
        throw invalid(what, name, "The property '%s' is not permitted.".formatted(field.getKey()));
      }
    }
  }

  private void elements(String what, String name, JsonNode definition, JsonNode value, int depth) {
    JsonNode first = definition.path("prefixItems");
    JsonNode rest = definition.path("items");
    if (value.size() < first.size()
        || (value.size() > first.size() && rest.isBoolean() && !rest.asBoolean())) {
      throw invalid(
          what, name, "The array has %d elements, not %d.".formatted(value.size(), first.size()));
    }
    for (int i = 0; i < value.size(); i++) {
      JsonNode declared = i < first.size() ? first.path(i) : rest;
      if (declared.isObject()) {
        check(what, name + "[" + i + "]", declared, value.path(i), depth + 1);
      }
    }
  }

  private static ApiException invalid(String what, String name, String why) {
    return TemplateErrors.template(
        "The provided value for the %s '%s' is not valid. %s".formatted(what, name, why));
  }
}
