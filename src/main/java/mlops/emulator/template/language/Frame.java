package mlops.emulator.template.language;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import mlops.emulator.template.function.TemplateErrors;
import org.jspecify.annotations.Nullable;

/**
 * What an expression sees at its place, beside the parameters and variables of its template.
 *
 * @param indexes where copy loops stand, by name; the innermost under the empty name
 * @param lambdaVariables by name in lower case
 * @param arguments those of the user function that the expression belongs to, if it does
 * @param stage when the expression is evaluated, which decides what it may ask for
 */
public record Frame(
    Map<String, Integer> indexes,
    Map<String, JsonNode> lambdaVariables,
    @Nullable Map<String, JsonNode> arguments,
    Stage stage) {

  /** The expressions of a template are evaluated in this order. */
  public enum Stage {
    /** Default values of parameters: the only ones that may ask for the time and for chance. */
    DEFAULT_VALUE,
    /** Variables, and what says which resources there are: before any of them is deployed. */
    PLAN,
    /** Properties of resources, and outputs: these may refer to resources. */
    DEPLOYMENT
  }

  public static final Frame DEPLOYMENT = new Frame(Map.of(), Map.of(), null, Stage.DEPLOYMENT);
  public static final Frame PLAN = DEPLOYMENT.in(Stage.PLAN);

  public Frame in(Stage stage) {
    return new Frame(indexes, lambdaVariables, arguments, stage);
  }

  /** Inside a copy loop of this name. */
  public Frame at(String loop, int index) {
    Map<String, Integer> more = new HashMap<>(indexes);
    more.put(lower(loop), index);
    more.put("", index);
    return new Frame(more, lambdaVariables, arguments, stage);
  }

  Frame with(String variable, JsonNode value) {
    Map<String, JsonNode> more = new HashMap<>(lambdaVariables);
    more.put(lower(variable), value);
    return new Frame(indexes, more, arguments, stage);
  }

  /** Inside a user function, which sees its arguments and nothing else. */
  Frame inside(Map<String, JsonNode> arguments) {
    return new Frame(Map.of(), Map.of(), arguments, stage);
  }

  int index(String loop) {
    Integer index = indexes.get(lower(loop));
    if (index == null) {
      throw TemplateErrors.place("copyIndex");
    }
    return index;
  }

  JsonNode lambdaVariable(String name) {
    JsonNode value = lambdaVariables.get(lower(name));
    if (value == null) {
      throw TemplateErrors.template("The lambda variable '%s' is not found".formatted(name));
    }
    return value;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
