package mlops.emulator.template.language;

import com.fasterxml.jackson.databind.JsonNode;

/** Finds functions that the template language does not have, before anything is deployed. */
public final class FunctionCheck {
  private final Functions functions;

  public FunctionCheck(Functions functions) {
    this.functions = functions;
  }

  /**
   * Reads every expression of a template.
   *
   * @throws mlops.emulator.http.ApiException 400 InvalidTemplate that names the function
   */
  public void check(JsonNode node) {
    if (node.isTextual() && ExpressionParser.isExpression(node.asText())) {
      check(ExpressionParser.parse(node.asText()));
    }
    node.forEach(this::check);
  }

  private void check(Expression expression) {
    if (expression instanceof Expression.Member member) {
      check(member.target());
      check(member.key());
    } else if (expression instanceof Expression.Call call) {
      if (!functions.has(call.name())
          && !ScopeFunctions.NAMES.contains(call.name())
          && !call.name().startsWith("list")) {
        throw TemplateErrors.function(call.name());
      }
      call.arguments().forEach(this::check);
    }
  }
}
