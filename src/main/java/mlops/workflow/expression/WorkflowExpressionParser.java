package mlops.workflow.expression;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import mlops.workflow.expression.ExpressionTokens.Kind;
import mlops.workflow.expression.ExpressionTokens.Token;

/** Reads expressions, with the precedence that GitHub documents. */
public final class WorkflowExpressionParser {
  /** From what binds least to what binds most. */
  private static final List<List<String>> SIGNS =
      List.of(List.of("||"), List.of("&&"), List.of("==", "!="), List.of("<=", ">=", "<", ">"));

  private final ExpressionTokens tokens;
  private final ContextPlace place;

  private WorkflowExpressionParser(String text, ContextPlace place) {
    this.tokens = new ExpressionTokens(text);
    this.place = place;
  }

  /**
   * The expression in a text, which has no braces around it.
   *
   * @throws IllegalExpression where it is wrong, or names what is not there in this place
   */
  public static WorkflowExpression parse(String text, ContextPlace place) {
    WorkflowExpressionParser parser = new WorkflowExpressionParser(text, place);
    WorkflowExpression whole = parser.pairs(0);
    if (parser.tokens.peek().kind() != Kind.END) {
      throw parser.unexpected(parser.tokens.peek());
    }
    return whole;
  }

  private WorkflowExpression pairs(int level) {
    if (level == SIGNS.size()) {
      return unary();
    }
    WorkflowExpression left = pairs(level + 1);
    while (tokens.peek().kind() == Kind.SIGN && SIGNS.get(level).contains(tokens.peek().text())) {
      String sign = tokens.take().text();
      left = new WorkflowExpression.Pair(left, sign, pairs(level + 1));
    }
    return left;
  }

  private WorkflowExpression unary() {
    return tokens.takes("!") ? new WorkflowExpression.Not(unary()) : members(primary());
  }

  private WorkflowExpression members(WorkflowExpression start) {
    WorkflowExpression whole = start;
    while (true) {
      if (tokens.takes(".")) {
        whole = new WorkflowExpression.Member(whole, name(tokens.take()));
      } else if (tokens.takes("[")) {
        requireNoFilter(tokens.peek());
        whole = new WorkflowExpression.Member(whole, pairs(0));
        tokens.require("]");
      } else {
        return whole;
      }
    }
  }

  private WorkflowExpression name(Token token) {
    requireNoFilter(token);
    if (token.kind() != Kind.NAME) {
      throw unexpected(token);
    }
    return new WorkflowExpression.Constant(TextNode.valueOf(token.text()));
  }

  private static void requireNoFilter(Token token) {
    if (token.is("*")) {
      throw new IllegalExpression(
          "the filter * of an expression is not supported", "name the members one by one");
    }
  }

  private WorkflowExpression primary() {
    Token token = tokens.take();
    if (token.is("(")) {
      WorkflowExpression inner = pairs(0);
      tokens.require(")");
      return inner;
    }
    return switch (token.kind()) {
      case TEXT -> new WorkflowExpression.Constant(TextNode.valueOf(token.text()));
      case NUMBER -> new WorkflowExpression.Constant(DoubleNode.valueOf(number(token.text())));
      case NAME -> tokens.peek().is("(") ? call(token.text()) : word(token.text());
      default -> throw unexpected(token);
    };
  }

  private double number(String text) {
    try {
      return text.matches("[-+]?0[xX].*") ? Long.decode(text) : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw tokens.wrong("has %s, which is no number".formatted(text));
    }
  }

  private WorkflowExpression word(String word) {
    return switch (word) {
      case "true", "false" ->
          new WorkflowExpression.Constant(BooleanNode.valueOf(word.equals("true")));
      case "null" -> new WorkflowExpression.Constant(NullNode.getInstance());
      default -> context(word.toLowerCase(Locale.ROOT));
    };
  }

  private WorkflowExpression context(String name) {
    if (!place.contexts().contains(name)) {
      throw new IllegalExpression(
          "the expression names %s, which is not there".formatted(name),
          "here are: " + String.join(", ", place.contexts()));
    }
    return new WorkflowExpression.NamedValues(name);
  }

  private WorkflowExpression call(String name) {
    ExpressionFunction function =
        ExpressionFunction.named(name)
            .filter(f -> !f.isOfStatus() || place.hasStatus())
            .orElseThrow(
                () ->
                    new IllegalExpression(
                        "the function %s is not supported here".formatted(name),
                        "there are: " + String.join(", ", ExpressionFunction.names())));
    List<WorkflowExpression> arguments = arguments();
    function.requireCount(arguments.size());
    return new WorkflowExpression.FunctionCall(function, arguments);
  }

  private List<WorkflowExpression> arguments() {
    List<WorkflowExpression> arguments = new ArrayList<>();
    tokens.require("(");
    if (tokens.takes(")")) {
      return arguments;
    }
    do {
      arguments.add(pairs(0));
    } while (tokens.takes(","));
    tokens.require(")");
    return arguments;
  }

  private IllegalExpression unexpected(Token token) {
    return tokens.wrong(
        token.kind() == Kind.END ? "ends too early" : "has an unexpected " + token.text());
  }
}
