package mlops.workflow.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An expression that was read; it becomes a value where there are contexts. */
public sealed interface WorkflowExpression {

  /**
   * Its value.
   *
   * @throws IllegalExpression where a function cannot take what it gets
   */
  JsonNode value(Contexts contexts);

  /** Whether {@code success()} or its like is asked anywhere in it. */
  boolean asksStatus();

  /** Whether the value counts as true. */
  default boolean isTrue(Contexts contexts) {
    return LooseValues.isTrue(value(contexts));
  }

  /** The value as it stands within text. */
  default String text(Contexts contexts) {
    return LooseValues.text(value(contexts));
  }

  /** A value that is written down. */
  record Constant(JsonNode written) implements WorkflowExpression {
    @Override
    public JsonNode value(Contexts contexts) {
      return written;
    }

    @Override
    public boolean asksStatus() {
      return false;
    }
  }

  /** A context as a whole, such as {@code github}. */
  record NamedValues(String name) implements WorkflowExpression {
    @Override
    public JsonNode value(Contexts contexts) {
      return contexts.values().getOrDefault(name, NullNode.getInstance());
    }

    @Override
    public boolean asksStatus() {
      return false;
    }
  }

  /** A member of a map or list; {@code null} where there is none. Names ignore case. */
  record Member(WorkflowExpression of, WorkflowExpression name) implements WorkflowExpression {
    @Override
    public JsonNode value(Contexts contexts) {
      JsonNode whole = of.value(contexts);
      JsonNode key = name.value(contexts);
      Optional<JsonNode> found =
          whole.isArray()
              ? Optional.ofNullable(key.isNumber() ? whole.get(key.asInt()) : null)
              : whole.properties().stream()
                  .filter(p -> p.getKey().equalsIgnoreCase(LooseValues.text(key)))
                  .map(Map.Entry::getValue)
                  .findFirst();
      return found.orElseGet(NullNode::getInstance);
    }

    @Override
    public boolean asksStatus() {
      return of.asksStatus() || name.asksStatus();
    }
  }

  /** {@code !x}. */
  record Not(WorkflowExpression of) implements WorkflowExpression {
    @Override
    public JsonNode value(Contexts contexts) {
      return BooleanNode.valueOf(!of.isTrue(contexts));
    }

    @Override
    public boolean asksStatus() {
      return of.asksStatus();
    }
  }

  /** Two expressions with a sign between them. */
  record Pair(WorkflowExpression left, String sign, WorkflowExpression right)
      implements WorkflowExpression {
    @Override
    public JsonNode value(Contexts contexts) {
      JsonNode first = left.value(contexts);
      if (sign.equals("&&") || sign.equals("||")) {
        boolean enough = LooseValues.isTrue(first) == sign.equals("||");
        return enough ? first : right.value(contexts);
      }
      JsonNode second = right.value(contexts);
      return switch (sign) {
        case "==" -> BooleanNode.valueOf(LooseValues.isEqual(first, second));
        case "!=" -> BooleanNode.valueOf(!LooseValues.isEqual(first, second));
        case "<" -> LooseValues.isBefore(first, second, false);
        case "<=" -> LooseValues.isBefore(first, second, true);
        case ">" -> LooseValues.isBefore(second, first, false);
        case ">=" -> LooseValues.isBefore(second, first, true);
        default -> throw new IllegalStateException(sign);
      };
    }

    @Override
    public boolean asksStatus() {
      return left.asksStatus() || right.asksStatus();
    }
  }

  /** A function with its arguments. */
  record FunctionCall(ExpressionFunction function, List<WorkflowExpression> arguments)
      implements WorkflowExpression {
    @Override
    public JsonNode value(Contexts contexts) {
      return function.of(
          arguments.stream().map(a -> a.value(contexts)).toList(), contexts.progress());
    }

    @Override
    public boolean asksStatus() {
      return function.isOfStatus() || arguments.stream().anyMatch(WorkflowExpression::asksStatus);
    }
  }
}
