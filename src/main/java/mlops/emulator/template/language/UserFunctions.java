package mlops.emulator.template.language;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import mlops.emulator.template.function.FunctionTable;
import mlops.emulator.template.function.TemplateErrors;

/** The functions that a template defines for itself, by {@code namespace.name}. */
public final class UserFunctions {
  private static final int DEEPEST = 50;

  private final Map<String, Definition> functions = new HashMap<>();
  private final ParameterTypes types;
  private int depth;

  private record Definition(String name, JsonNode parameters, JsonNode output) {}

  public UserFunctions(JsonNode template) {
    this.types = new ParameterTypes(template);
    for (JsonNode group : template.path("functions")) {
      String namespace = group.path("namespace").asText();
      for (Map.Entry<String, JsonNode> member : group.path("members").properties()) {
        String name = namespace + "." + member.getKey();
        JsonNode output = member.getValue().path("output");
        if (namespace.isEmpty() || output.path("value").isMissingNode()) {
          throw TemplateErrors.template(
              "The user function '%s' has no namespace or no output".formatted(name));
        }
        functions.put(
            name.toLowerCase(Locale.ROOT),
            new Definition(name, member.getValue().path("parameters"), output));
      }
    }
  }

  /** Whether the template defines a function of this name, in lower case. */
  boolean has(String name) {
    return functions.containsKey(name);
  }

  JsonNode call(String name, List<JsonNode> arguments, Frame frame, Evaluation evaluation) {
    Definition function = functions.get(name);
    if (function == null) {
      throw TemplateErrors.function(name);
    }
    JsonNode parameters = function.parameters();
    FunctionTable.requireCount(
        function.name(), parameters.size(), parameters.size(), arguments.size());
    Map<String, JsonNode> given = new HashMap<>();
    for (int i = 0; i < parameters.size(); i++) {
      String parameter = parameters.path(i).path("name").asText();
      types.check("function parameter", parameter, parameters.path(i), arguments.get(i));
      given.put(parameter.toLowerCase(Locale.ROOT), arguments.get(i));
    }
    if (++depth > DEEPEST) {
      throw TemplateErrors.template(
          "The user function '%s' calls itself".formatted(function.name()));
    }
    JsonNode value = evaluation.value(function.output().path("value"), frame.inside(given));
    depth--;
    types.check("function output", function.name(), function.output(), value);
    return value;
  }
}
