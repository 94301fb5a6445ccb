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
import mlops.emulator.http.Json;
import mlops.emulator.template.function.TemplateErrors;
import mlops.emulator.template.function.TemplateValues;

/** The parameters and variables of a template. Each is evaluated when it is first asked for. */
public final class TemplateInputs {
  private static final Map<String, String> TYPES =
      Map.of("securestring", "SecureString", "secureobject", "SecureObject");

  private final Map<String, Declared> definitions = new LinkedHashMap<>();
  private final Map<String, Declared> given = new LinkedHashMap<>();
  private final Map<String, Supplier<JsonNode>> variables = new HashMap<>();
  private final Map<String, JsonNode> values = new HashMap<>();
  private final Set<String> underWay = new HashSet<>();
  private final ParameterTypes types;
  private final JsonNode declaredVariables;

  /** A member of the template or of the request, with its name as it is spelled there. */
  private record Declared(String name, JsonNode definition) {}

  public TemplateInputs(JsonNode template, JsonNode parameters) {
    this.types = new ParameterTypes(template);
    collect(template.path("parameters"), definitions);
    collect(parameters, given);
    this.declaredVariables = template.path("variables");
  }

  private static void collect(JsonNode object, Map<String, Declared> byName) {
    object
        .properties()
        .forEach(e -> byName.put(lower(e.getKey()), new Declared(e.getKey(), e.getValue())));
  }

  /**
   * Asks that what is given fits what is declared.
   *
   * @throws mlops.emulator.http.ApiException 400 InvalidTemplate
   */
  public void check(Evaluation evaluation) {
    for (Declared parameter : given.values()) {
      if (!definitions.containsKey(lower(parameter.name()))) {
        throw TemplateErrors.template(
            "The template parameters '%s' in the parameters file are not valid; they are not present in the original template and can therefore not be provided at deployment time. The only supported parameters for this template are '%s'"
                .formatted(
                    parameter.name(),
                    definitions.values().stream()
                        .map(Declared::name)
                        .collect(Collectors.joining(", "))));
      }
    }
    definitions.keySet().forEach(name -> parameter(name, evaluation));
  }

  JsonNode parameter(String name, Evaluation evaluation) {
    Declared parameter = definitions.get(lower(name));
    if (parameter == null) {
      throw TemplateErrors.template(
          "The template parameter '%s' is not found. Please see https://aka.ms/arm-syntax-parameters for usage details."
              .formatted(name));
    }
    return once(
        "parameter '" + parameter.name() + "'",
        () -> {
          JsonNode value = value(parameter, evaluation);
          types.check("template parameter", parameter.name(), parameter.definition(), value);
          return value;
        });
  }

  /** What is given, else the default; an explicit null counts as not given. */
  private JsonNode value(Declared parameter, Evaluation evaluation) {
    Declared request = given.get(lower(parameter.name()));
    JsonNode sent = request == null ? Json.object() : request.definition();
    if (sent.hasNonNull("reference")) {
      throw TemplateErrors.notBuilt(
          "secrets of key vaults, to which the parameter '%s' refers".formatted(parameter.name()));
    }
    if (sent.hasNonNull("value")) {
      return sent.get("value");
    }
    JsonNode definition = types.resolved(parameter.definition());
    if (definition.has("defaultValue")) {
      Frame frame = Frame.DEPLOYMENT.in(Frame.Stage.DEFAULT_VALUE);
      return evaluation.value(definition.get("defaultValue"), frame);
    }
    if (definition.path("nullable").asBoolean()) {
      return TemplateValues.NULL;
    }
    throw TemplateErrors.template(
        "The value for the template parameter '%s' is not provided. Please see https://aka.ms/arm-create-parameter-file for usage details."
            .formatted(parameter.name()));
  }

  JsonNode variable(String name, Evaluation evaluation) {
    if (variables.isEmpty()) {
      declare(evaluation);
    }
    Supplier<JsonNode> variable = variables.get(lower(name));
    if (variable == null) {
      throw TemplateErrors.template(
          "The template variable '%s' is not found. Please see https://aka.ms/arm-syntax-variables for usage details."
              .formatted(name));
    }
    return once("variable '" + name + "'", variable);
  }

  /** A {@code copy} among the variables declares one array for each of its loops. */
  private void declare(Evaluation evaluation) {
    for (Map.Entry<String, JsonNode> variable : declaredVariables.properties()) {
      JsonNode value = variable.getValue();
      if (variable.getKey().equals("copy") && value.isArray()) {
        for (JsonNode loop : value) {
          String name = loop.path("name").asText();
          variables.put(lower(name), () -> evaluation.repeated(loop, name, Frame.PLAN));
        }
      } else {
        variables.put(lower(variable.getKey()), () -> evaluation.value(value, Frame.PLAN));
      }
    }
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
    for (Declared parameter : definitions.values()) {
      String type = types.type(parameter.definition());
      ObjectNode entry = shown.putObject(parameter.name()).put("type", typeName(type));
      if (!type.startsWith("secure")) {
        entry.set("value", parameter(parameter.name(), evaluation));
      }
    }
    return shown;
  }

  /** {@code String} for {@code string}, as deployments show types. */
  public static String typeName(String type) {
    String plain =
        type.isEmpty() ? type : type.substring(0, 1).toUpperCase(Locale.ROOT) + type.substring(1);
    return TYPES.getOrDefault(lower(type), plain);
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
