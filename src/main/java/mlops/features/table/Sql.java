package mlops.features.table;

import java.util.Collection;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Names and texts in statements. */
public final class Sql {

  /** A name, whatever it holds. */
  public static String name(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** A text, whatever it holds. */
  public static String text(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  public static <T> String list(Collection<T> things, Function<T, String> piece) {
    return things.stream().map(piece).collect(Collectors.joining(", "));
  }

  public static <T> String all(Collection<T> things, Function<T, String> condition) {
    return things.isEmpty()
        ? "true"
        : things.stream().map(condition).collect(Collectors.joining(" AND "));
  }

  private Sql() {}
}
