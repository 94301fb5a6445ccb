package mlops.workflow;

import java.util.Optional;
import mlops.workflow.expression.ContextPlace;
import mlops.workflow.expression.Contexts;
import mlops.workflow.expression.Contexts.Progress;
import mlops.workflow.expression.IllegalExpression;
import mlops.workflow.expression.WorkflowExpression;
import mlops.workflow.expression.WorkflowExpressionParser;
import mlops.yaml.YamlNode;

/**
 * An {@code if}: an expression with or without braces. Where it does not ask how things went so
 * far, it holds only if they went well.
 */
public record Condition(String written, WorkflowExpression expression) {

  /** The condition of a map, if there is one. */
  static Optional<Condition> of(YamlNode map, ContextPlace place) {
    return map.at("if").flatMap(node -> node.asText().flatMap(text -> read(node, text, place)));
  }

  private static Optional<Condition> read(YamlNode node, String text, ContextPlace place) {
    String bare = text.strip();
    boolean braced = bare.startsWith("${{") && bare.indexOf("}}") == bare.length() - 2;
    String inner = braced ? bare.substring(3, bare.length() - 2) : bare;
    if (inner.contains("${{")) {
      node.mistake(
          node.name() + " has braces around a part of the condition only, and would always hold",
          "write it without ${{ }}");
      return Optional.empty();
    }
    try {
      return Optional.of(new Condition(bare, WorkflowExpressionParser.parse(inner, place)));
    } catch (IllegalExpression e) {
      node.mistake("%s: %s".formatted(node.name(), e.message()), e.hint());
      return Optional.empty();
    }
  }

  /** Whether an {@code if} that may be missing holds. */
  public static boolean holds(Optional<Condition> condition, Contexts contexts) {
    boolean well = contexts.progress() == Progress.SUCCESS;
    return condition
        .map(c -> (well || c.expression().asksStatus()) && c.expression().isTrue(contexts))
        .orElse(well);
  }
}
