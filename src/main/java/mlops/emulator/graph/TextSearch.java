package mlops.emulator.graph;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code $search} of directory objects: clauses {@code "property:words"}, joined by {@code AND}
 * and {@code OR}. A clause holds where each of its words begins a word of the property.
 */
final class TextSearch {
  private static final Pattern CLAUSE =
      Pattern.compile("\\s*(AND|OR)?\\s*\"(\\w+):((?:[^\"\\\\]|\\\\.)+)\"\\s*");

  /** Words begin at what is neither letter nor digit, and at a capital after a small letter. */
  private static final Pattern BOUNDARY =
      Pattern.compile("[^\\p{L}\\p{Nd}]+|(?<=\\p{Ll})(?=\\p{Lu})|(?<=\\p{L})(?=\\p{Nd})");

  private record Clause(boolean or, String property, String words) {}

  private final List<Clause> clauses = new ArrayList<>();

  TextSearch(String text) {
    Matcher matcher = CLAUSE.matcher(text);
    int end = 0;
    while (matcher.lookingAt() && (end == 0) == (matcher.group(1) == null)) {
      clauses.add(new Clause("OR".equals(matcher.group(1)), matcher.group(2), matcher.group(3)));
      end = matcher.end();
      matcher.region(end, text.length());
    }
    if (end == 0 || end < text.length()) {
      throw MicrosoftGraph.bad(
          "Invalid $search '%s'. It has the form \"property:text\", with AND or OR between several."
              .formatted(text));
    }
  }

  /** The properties that it names. */
  List<String> properties() {
    return clauses.stream().map(Clause::property).toList();
  }

  /** {@code AND} binds more than {@code OR}, as in a {@code $filter}. */
  boolean test(Function<String, JsonNode> properties) {
    boolean any = false;
    boolean all = true;
    for (Clause clause : clauses) {
      if (clause.or()) {
        any |= all;
        all = true;
      }
      all &= holds(clause, properties.apply(clause.property()).asText());
    }
    return any || all;
  }

  private static boolean holds(Clause clause, String value) {
    List<String> words = words(value);
    String whole = value.toLowerCase(Locale.ROOT);
    return words(clause.words()).stream()
        .allMatch(w -> whole.startsWith(w) || words.stream().anyMatch(v -> v.startsWith(w)));
  }

  private static List<String> words(String text) {
    return BOUNDARY
        .splitAsStream(text)
        .filter(w -> !w.isEmpty())
        .map(w -> w.toLowerCase(Locale.ROOT))
        .toList();
  }
}
