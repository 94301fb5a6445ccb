package mlops.emulator.ml.mlflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A filter of MLflow's searches: comparisons joined by {@code and}, such as {@code metrics.rmse < 3
 * and tags.gate = 'passed'}.
 */
public record MlflowFilter(List<Comparison> comparisons) {
  private static final Pattern COMPARISON =
      Pattern.compile(
          "\\s*(?:(metrics?|params?|parameters?|tags?|attributes?|attr|run)\\.)?(`[^`]+`|\"[^\"]+\"|[\\w.\\-/]+)\\s*(>=|<=|!=|=|>|<|(?:NOT\\s+)?IN\\b|I?LIKE\\b)\\s*('[^']*'|\"[^\"]*\"|\\([^)]*\\)|[^\\s']+)\\s*",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern AND = Pattern.compile("and\\b", Pattern.CASE_INSENSITIVE);

  /** Reads what a filter compares: a kind such as {@code metrics} and a key; empty if absent. */
  @FunctionalInterface
  public interface Subject {
    String value(String kind, String key);
  }

  record Comparison(String kind, String key, String operator, String value) {}

  /**
   * Reads a filter; an empty one accepts all.
   *
   * @throws mlops.emulator.http.ApiException 400 INVALID_PARAMETER_VALUE
   */
  public static MlflowFilter of(String text) {
    List<Comparison> comparisons = new ArrayList<>();
    String rest = text.strip();
    while (!rest.isEmpty()) {
      Matcher next = COMPARISON.matcher(rest);
      if (!next.lookingAt()) {
        throw MlflowRoutes.invalid("Invalid filter string: '%s', at '%s'.".formatted(text, rest));
      }
      comparisons.add(
          new Comparison(
              kind(next.group(1)),
              unquoted(next.group(2)),
              next.group(3).toUpperCase(Locale.ROOT).replaceAll("\\s+", " "),
              unquoted(next.group(4))));
      rest = rest.substring(next.end());
      Matcher and = AND.matcher(rest);
      if (and.lookingAt()) {
        rest = rest.substring(and.end());
      } else if (!rest.isEmpty()) {
        throw MlflowRoutes.invalid("Invalid filter string: '%s', at '%s'.".formatted(text, rest));
      }
    }
    return new MlflowFilter(comparisons);
  }

  static String kind(@Nullable String prefix) {
    String lower = prefix == null ? "attributes" : prefix.toLowerCase(Locale.ROOT);
    return lower.startsWith("m")
        ? "metrics"
        : lower.startsWith("p") ? "params" : lower.startsWith("t") ? "tags" : "attributes";
  }

  public boolean accepts(Subject subject) {
    return comparisons.stream().allMatch(c -> accepts(c, subject.value(c.kind(), c.key())));
  }

  private static boolean accepts(Comparison c, String actual) {
    if (actual.isEmpty()) {
      return false; // what a run does not have is neither equal nor unequal
    }
    return switch (c.operator()) {
      case "=" -> compare(actual, c.value()) == 0;
      case "!=" -> compare(actual, c.value()) != 0;
      case ">" -> compare(actual, c.value()) > 0;
      case ">=" -> compare(actual, c.value()) >= 0;
      case "<" -> compare(actual, c.value()) < 0;
      case "<=" -> compare(actual, c.value()) <= 0;
      case "LIKE" -> like(c.value(), 0).matcher(actual).matches();
      case "ILIKE" -> like(c.value(), Pattern.CASE_INSENSITIVE).matcher(actual).matches();
      case "IN" -> options(c.value()).contains(actual);
      default -> !options(c.value()).contains(actual);
    };
  }

  /** Numbers as numbers, all else as text. */
  static int compare(String a, String b) {
    try {
      return Double.compare(Double.parseDouble(a), Double.parseDouble(b));
    } catch (NumberFormatException e) {
      return a.compareTo(b);
    }
  }

  private static Pattern like(String pattern, int flags) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.compile(regex.toString(), flags | Pattern.DOTALL);
  }

  private static List<String> options(String list) {
    List<String> options = new ArrayList<>();
    for (String option : list.replaceAll("[()]", "").split(",")) {
      options.add(unquoted(option.strip()));
    }
    return options;
  }

  private static String unquoted(String text) {
    boolean quoted = text.length() > 1 && "'\"`".indexOf(text.charAt(0)) >= 0;
    return quoted ? text.substring(1, text.length() - 1) : text;
  }
}
