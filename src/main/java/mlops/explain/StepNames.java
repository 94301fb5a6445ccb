package mlops.explain;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What takes the place of the names in a text.
 *
 * @param values by name
 * @param expressions of a shell, for what only Azure knows
 * @param options words of a line that are there or not, by name
 * @param quoted a value as one word of a shell
 */
record StepNames(
    Map<String, String> values,
    Map<String, String> expressions,
    Map<String, List<Given.Option>> options,
    UnaryOperator<String> quoted) {
  /** Names that stand for options of a line: {@code {set-options}}. */
  private static final String OPTIONS = "-options";

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
    if (name.group(1).endsWith(OPTIONS)) {
      return options.getOrDefault(name.group(1), List.of()).stream()
          .map(option -> " %s %s".formatted(option.name(), value(option.value())))
          .collect(Collectors.joining());
    }
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

  /** The value of an option; one that ends in a name that only Azure knows ends in its line. */
  private String value(String text) {
    Matcher name = NAME.matcher(text);
    boolean asked = text.endsWith("}") && name.find() && expressions.containsKey(name.group(1));
    return asked
        ? quoted.apply(text.substring(0, name.start())) + command(name.group())
        : quoted.apply(text);
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
