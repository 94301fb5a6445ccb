package mlops.explain;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  /** And one of them in each line: {@code {branch-option}}. */
  private static final String OPTION = "-option";

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

  /** Lines for a shell: as many as there are options for a name such as {@code {branch-option}}. */
  Stream<String> commands(String template) {
    return NAME.matcher(template)
        .results()
        .filter(name -> name.group(1).endsWith(OPTION))
        .findFirst()
        .map(
            each ->
                options.getOrDefault(each.group(1) + "s", List.of()).stream()
                    .map(this::words)
                    .map(words -> command(template.replace(each.group(), words))))
        .orElseGet(() -> Stream.of(command(template)));
  }

  private String word(MatchResult name, String template) {
    if (name.group(1).endsWith(OPTIONS)) {
      return options(name.group(1));
    }
    String value = values.get(name.group(1));
    if (value != null) {
      return isQuoted(template, name.start()) ? value : quoted.apply(value);
    }
    String expression = expressions.get(name.group(1));
    if (expression == null) {
      throw new IllegalStateException("%s is not known in: %s".formatted(name.group(), template));
    }
    return asked(expression);
  }

  private String options(String name) {
    return options.getOrDefault(name, List.of()).stream()
        .map(this::words)
        .collect(Collectors.joining());
  }

  private String words(Given.Option option) {
    String value = option.asked() ? asked(option.value()) : value(option.value());
    return " %s %s".formatted(option.name(), value);
  }

  /** Whether a place in a line is between double quotes, where values are no words of their own. */
  private static boolean isQuoted(String line, int place) {
    return line.substring(0, place).chars().filter(c -> c == '"').count() % 2 != 0;
  }

  /** The value of an option; one that ends in a name that only Azure knows ends in its line. */
  private String value(String text) {
    Matcher name = NAME.matcher(text);
    boolean asked = text.endsWith("}") && name.find() && expressions.containsKey(name.group(1));
    return asked
        ? quoted.apply(text.substring(0, name.start())) + command(name.group())
        : quoted.apply(text);
  }

  private String asked(String expression) {
    return NAME.matcher(expression).replaceAll(n -> literal(known(n)));
  }

  /** A name in an expression, where braces may be the language's own. */
  private String known(MatchResult name) {
    if (name.group(1).endsWith(OPTIONS)) {
      return options(name.group(1));
    }
    String value = values.get(name.group(1));
    return value == null ? name.group() : quoted.apply(value);
  }

  private static String literal(String text) {
    return Matcher.quoteReplacement(text);
  }
}
