package mlops.emulator.template.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import mlops.emulator.http.Json;

/** The parameters and variables of a template. Each is evaluated when it is first asked for. */
public final class TemplateInputs {
  private final Map<String, JsonNode> definitions;
  private final Map<String, JsonNode> given;
  private final Map<String, JsonNode> variables;
  private final Map<String, JsonNode> values = new HashMap<>();
  private final Set<String> underWay = new HashSet<>();

  public TemplateInputs(JsonNode template, JsonNode parameters) {
    this.definitions = byName(template.path("parameters"));
    this.given = byName(parameters);
    this.variables = byName(template.path("variables"));
  }

  private static Map<String, JsonNode> byName(JsonNode object) {
    Map<String, JsonNode> byName = new LinkedHashMap<>();
    object.properties().forEach(e -> byName.put(lower(e.getKey()), e.getValue()));
    return byName;
  }

  /**
   * Asks that what is given fits what is declared.
   *
   * @throws mlops.emulator.http.ApiException 400 InvalidTemplate
   */
  public void check(Evaluation evaluation) {
    for (String name : given.keySet()) {
      if (!definitions.containsKey(name)) {
        throw TemplateErrors.template(
            "The template parameters '%s' in the parameters file are not valid; they are not present in the original template and can therefore not be provided at deployment time. The only supported parameters for this template are '%s'"
                .formatted(name, String.join(", ", definitions.keySet())));
      }
    }
    definitions.keySet().forEach(name -> parameter(name, evaluation));
  }

  JsonNode parameter(String name, Evaluation evaluation) {
    JsonNode definition = definitions.get(lower(name));
    if (definition == null) {
      throw TemplateErrors.template(
          "The template parameter '%s' is not found. Please see https://aka.ms/arm-syntax-parameters for usage details."
              .formatted(name));
    }
    return once(
        "parameter '" + name + "'",
        () -> {
          JsonNode value = given.getOrDefault(lower(name), Json.object()).path("value");
          if (value.isMissingNode()) {
            value = evaluation.value(defaultValue(name, definition), CopyLoop.NONE);
          }
          requireAllowed(name, definition, value);
          return value;
        });
  }

  private static JsonNode defaultValue(String name, JsonNode definition) {
    if (!definition.has("defaultValue")) {
      throw TemplateErrors.template(
          "The value for the template parameter '%s' is not provided. Please see https://aka.ms/arm-create-parameter-file for usage details."
              .formatted(name));
    }
    return definition.get("defaultValue");
  }

  private static void requireAllowed(String name, JsonNode definition, JsonNode value) {
    JsonNode allowed = definition.path("allowedValues");
    boolean fits = !allowed.isArray();
    for (JsonNode one : allowed) {
      fits |= one.equals(value) || value.isArray();
    }
    if (!fits) {
      String all =
          StreamSupport.stream(allowed.spliterator(), false)
              .map(JsonNode::asText)
              .collect(Collectors.joining(","));
      throw TemplateErrors.template(
          "The provided value for the template parameter '%s' is not valid. The value '%s' is not part of the allowed value(s): '%s'."
              .formatted(name, value.asText(), all));
    }
    boolean right =
        switch (lower(definition.path("type").asText())) {
          case "string", "securestring" -> value.isTextual() || value.isNull();
          case "int" -> value.isIntegralNumber();
          case "bool" -> value.isBoolean();
          case "array" -> value.isArray();
          default -> value.isObject() || value.isNull();
        };
    if (!right) {
      throw TemplateErrors.template(
          "Template parameter JToken type is not valid for '%s'. Expected '%s'. Actual '%s'. Please see https://aka.ms/resource-manager-parameter-files for usage details."
              .formatted(name, definition.path("type").asText(), value.getNodeType()));
    }
  }

  JsonNode variable(String name, Evaluation evaluation) {
    JsonNode definition = variables.get(lower(name));
    if (definition == null) {
      throw TemplateErrors.template(
          "The template variable '%s' is not found. Please see https://aka.ms/arm-syntax-variables for usage details."
              .formatted(name));
    }
    return once("variable '" + name + "'", () -> evaluation.value(definition, CopyLoop.NONE));
  }

  private JsonNode once(String what, Supplier<JsonNode> work) {
    JsonNode known = values.get(lower(what));
    if (known != null) {
      return known;
    }
    if (!underWay.add(lower(what))) {
      throw TemplateErrors.template("The template %s depends on itself".formatted(what));
    }
    JsonNode value = work.get();
    underWay.remove(lower(what));
    values.put(lower(what), value);
    return value;
  }

  /** The parameters with their types and values, as a deployment shows them; no secrets. */
  public ObjectNode shown(Evaluation evaluation) {
    ObjectNode shown = Json.object();
    definitions.forEach(
        (name, definition) -> {
          String type = definition.path("type").asText();
          ObjectNode parameter = shown.putObject(name);
          parameter.put("type", type.substring(0, 1).toUpperCase(Locale.ROOT) + type.substring(1));
          if (!lower(type).startsWith("secure")) {
            parameter.set("value", parameter(name, evaluation));
          }
        });
    return shown;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
