package mlops.emulator.template.language;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import mlops.emulator.http.ApiException;
import mlops.emulator.template.function.TemplateErrors;
import mlops.emulator.template.function.TemplateValues;

/** Reads the text between the brackets of a template expression, from left to right. */
final class ExpressionParser {
  private static final int MAX_DEPTH = 200;

  private final String text;
  private int at;
  private int depth;

  private ExpressionParser(String text) {
    this.text = text;
  }

  /** Whether a value of a template is an expression; {@code [[} is an escaped bracket. */
  static boolean isExpression(String value) {
    return value.startsWith("[") && value.endsWith("]") && !value.startsWith("[[");
  }

  /**
   * Reads an expression with its brackets.
   *
   * @throws ApiException 400 InvalidTemplate
   */
  static Expression parse(String value) {
    ExpressionParser parser = new ExpressionParser(value.substring(1, value.length() - 1));
    Expression expression = parser.expression();
    parser.space();
    if (parser.at < parser.text.length()) {
      throw parser.invalid();
    }
    return expression;
  }

  private Expression expression() {
    if (++depth > MAX_DEPTH) {
      throw invalid();
    }
    space();
    Expression expression = at < text.length() && text.charAt(at) == '\'' ? string() : other();
    space();
    while (at < text.length() && (text.charAt(at) == '.' || text.charAt(at) == '[')) {
      expression = member(expression);
      space();
    }
    depth--;
    return expression;
  }

  private Expression other() {
    if (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '-')) {
      return number();
    }
    StringBuilder name = new StringBuilder(word());
    while (take('.')) {
      name.append('.').append(word()); // a function that the template defines
    }
    space();
    if (!take('(')) {
      throw invalid();
    }
    List<Expression> arguments = new ArrayList<>();
    space();
    while (!take(')')) {
      arguments.add(expression());
      space();
      if (!take(',') && (at >= text.length() || text.charAt(at) != ')')) {
        throw invalid();
      }
      space();
    }
    return new Expression.Call(name.toString().toLowerCase(Locale.ROOT), List.copyOf(arguments));
  }

  private Expression member(Expression target) {
    if (take('.')) {
      space();
      return new Expression.Member(target, new Expression.Literal(TextNode.valueOf(word())));
    }
    at++;
    Expression key = expression();
    space();
    if (!take(']')) {
      throw invalid();
    }
    return new Expression.Member(target, key);
  }

  private Expression string() {
    StringBuilder value = new StringBuilder();
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != '\'') {
        value.append(c);
      } else if (take('\'')) {
        value.append('\'');
      } else {
        return new Expression.Literal(TextNode.valueOf(value.toString()));
      }
    }
    throw invalid();
  }

  private Expression number() {
    int start = at++;
    while (at < text.length() && Character.isDigit(text.charAt(at))) {
      at++;
    }
    try {
      return new Expression.Literal(
          TemplateValues.number(Long.parseLong(text.substring(start, at))));
    } catch (NumberFormatException e) {
      throw invalid();
    }
  }

  private String word() {
    int start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || "_$-".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    if (start == at) {
      throw invalid();
    }
    return text.substring(start, at);
  }

  private boolean take(char expected) {
    if (at < text.length() && text.charAt(at) == expected) {
      at++;
      return true;
    }
    return false;
  }

  private void space() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private ApiException invalid() {
    return TemplateErrors.template(
        "Unable to parse language expression '%s': unexpected token at position '%d'."
            .formatted(text, at));
  }
}
