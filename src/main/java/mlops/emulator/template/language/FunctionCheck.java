package mlops.emulator.template.language;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import mlops.emulator.template.function.FunctionTable;
import mlops.emulator.template.function.TemplateErrors;

/** Finds functions that the template language does not have, before anything is deployed. */
public final class FunctionCheck {
  /** What is for people to read, and never evaluated. */
  private static final Set<String> WORDS =
      Set.of("$schema", "metadata", "comments", "description", "contentVersion");

  private static final Set<String> LAZY = Set.of("if", "and", "or", "coalesce");

  private final FunctionTable functions;
  private final UserFunctions own;

  public FunctionCheck(FunctionTable functions, UserFunctions own) {
    this.functions = functions;
    this.own = own;
  }

  /**
   * Reads every expression of a template. A nested template with a scope of its own has functions
   * of its own.
   *
   * @throws mlops.emulator.http.ApiException 400 InvalidTemplate, or 501, that names the function
   */
  public void check(JsonNode node) {
    if (node.isTextual() && ExpressionParser.isExpression(node.asText())) {
      check(ExpressionParser.parse(node.asText()));
    }
    boolean inner =
        node.at("/expressionEvaluationOptions/scope").asText().equalsIgnoreCase("inner");
    if (inner && node.path("template").isObject()) {
      JsonNode template = node.path("template");
      new FunctionCheck(functions, new UserFunctions(template)).check(template);
      check(node.path("parameters"));
      return;
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!WORDS.contains(field.getKey())) {
        check(field.getValue());
      }
    }
    if (node.isArray()) {
      node.forEach(this::check);
    }
  }

  private void check(Expression expression) {
    if (expression instanceof Expression.Member member) {
      check(member.target());
      check(member.key());
    } else if (expression instanceof Expression.Call call) {
      String name = call.name();
      if (name.contains(".") && !own.has(name)) {
        throw TemplateErrors.function(name);
      }
      boolean known =
          own.has(name)
              || functions.has(name)
              || ScopeFunctions.has(name)
              || LambdaFunctions.NAMES.contains(name)
              || LAZY.contains(name);
      if (!known) {
        throw FunctionTable.unknown(name);
      }
      call.arguments().forEach(this::check);
    }
  }
}
