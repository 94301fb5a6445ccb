package mlops.features.spec;

import java.util.Map;
import java.util.Optional;

/** Patterns of times in Spark's (Java's) letters, and what they are in those of DuckDB. */
public final class TimestampFormat {
  /** The longest first: {@code yyyy} before {@code yy}. */
  private static final Map<Character, Map<Integer, String>> LETTERS =
      Map.of(
          'y', Map.of(4, "%Y", 2, "%y", 1, "%Y"),
          'u', Map.of(4, "%Y", 1, "%Y"),
          'M', Map.of(4, "%B", 3, "%b", 2, "%m", 1, "%-m"),
          'd', Map.of(2, "%d", 1, "%-d"),
          'H', Map.of(2, "%H", 1, "%-H"),
          'h', Map.of(2, "%I", 1, "%-I"),
          'm', Map.of(2, "%M", 1, "%-M"),
          's', Map.of(2, "%S", 1, "%-S"),
          'S', Map.of(3, "%g", 6, "%f"),
          'a', Map.of(1, "%p"));

  private static final String ZONES = "XxZ";

  /** The same pattern for DuckDB's {@code strptime}; empty where it has no such letters. */
  public static Optional<String> duckdb(String pattern) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < pattern.length()) {
      char c = pattern.charAt(at);
      if (c == '\'') {
        int end = pattern.indexOf('\'', at + 1);
        if (end < 0) {
          return Optional.empty();
        }
        out.append(end == at + 1 ? "'" : literal(pattern.substring(at + 1, end)));
        at = end + 1;
        continue;
      }
      int count = run(pattern, at);
      Optional<String> piece = piece(c, count);
      if (piece.isEmpty()) {
        return Optional.empty();
      }
      out.append(piece.get());
      at += count;
    }
    return Optional.of(out.toString());
  }

  private static Optional<String> piece(char c, int count) {
    if (!Character.isLetter(c)) {
      return Optional.of(literal(String.valueOf(c).repeat(count)));
    }
    if (ZONES.indexOf(c) >= 0) {
      return Optional.of("%z");
    }
    return Optional.ofNullable(LETTERS.getOrDefault(c, Map.of()).get(count));
  }

  private static String literal(String text) {
    return text.replace("%", "%%");
  }

  private static int run(String pattern, int start) {
    int end = start;
    while (end < pattern.length() && pattern.charAt(end) == pattern.charAt(start)) {
      end++;
    }
    return end - start;
  }

  private TimestampFormat() {}
}
