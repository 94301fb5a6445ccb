package mlops.explain;

import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What takes the place of the names in a text.
 *
 * @param values by name
 * @param expressions of a shell, for what only Azure knows
 * @param quoted a value as one word of a shell
 */
record StepNames(
    Map<String, String> values, Map<String, String> expressions, UnaryOperator<String> quoted) {
  private static final Pattern NAME = Pattern.compile("\\{([a-z-]+)}");

  /** A text for people; a name that only Azure knows stays as it is. */
  String text(String template) {
    return NAME.matcher(template)
        .replaceAll(name -> literal(values.getOrDefault(name.group(1), name.group())));
  }

  /**
   * A line for a shell.
   *
   * @throws IllegalStateException where it needs what nobody knows
   */
  String command(String template) {
    return NAME.matcher(template).replaceAll(name -> literal(word(name, template)));
  }

  private String word(MatchResult name, String template) {
    String value = values.get(name.group(1));
    if (value != null) {
      return quoted.apply(value);
    }
    String expression = expressions.get(name.group(1));
    if (expression == null) {
      throw new IllegalStateException("%s is not known in: %s".formatted(name.group(), template));
    }
    return NAME.matcher(expression).replaceAll(n -> literal(known(n)));
  }

  /** A name in an expression, where braces may be the language's own. */
  private String known(MatchResult name) {
    String value = values.get(name.group(1));
    return value == null ? name.group() : quoted.apply(value);
  }

  private static String literal(String text) {
    return Matcher.quoteReplacement(text);
  }
}
