package mlops.emulator.http;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The path and query half of a route: see {@link Route}.
 *
 * @param wildcard which segment stands for any number of them, or -1
 * @param weight how much is asked for
 */
record PathTemplate(List<String> segments, int wildcard, Map<String, String> query, int weight) {

  static PathTemplate of(String template) {
    int mark = template.indexOf('?');
    String path = mark < 0 ? template : template.substring(0, mark);
    List<String> segments = List.of(path.substring(1).split("/", -1));
    int wildcard = -1;
    int literals = 0;
    for (int i = 0; i < segments.size(); i++) {
      if (segments.get(i).startsWith("{*")) {
        wildcard = i;
      }
      literals += segments.get(i).startsWith("{") ? 0 : 1;
    }
    Map<String, String> query = mark < 0 ? Map.of() : Urls.query(template.substring(mark + 1));
    int weight = query.size() * 1000 + literals * 10 + (wildcard < 0 ? 5 : 0);
    return new PathTemplate(segments, wildcard, query, weight);
  }

  boolean asks(Map<String, String> actual) {
    for (Map.Entry<String, String> wanted : query.entrySet()) {
      String value = actual.get(wanted.getKey());
      if (value == null
          || !(wanted.getValue().isEmpty() || wanted.getValue().equalsIgnoreCase(value))) {
        return false;
      }
    }
    return true;
  }

  Optional<Map<String, String>> match(List<String> all, Map<String, String> known) {
    List<String> actual = withoutLastSlash(all);
    int spare = actual.size() - segments.size();
    if (!fits(actual, spare)) {
      return Optional.empty();
    }
    Map<String, String> values = new HashMap<>(known);
    int at = 0;
    for (int i = 0; i < segments.size(); i++) {
      if (i == wildcard) {
        List<String> taken = actual.subList(at, at + spare + 1);
        values.put(name(segments.get(i)), String.join("/", taken));
        at += spare + 1;
      } else if (!matches(segments.get(i), actual.get(at++), values)) {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }

  /** A slash at the end says nothing, but where it may be a part of a name. */
  private List<String> withoutLastSlash(List<String> actual) {
    int last = actual.size() - 1;
    boolean more = wildcard < 0 && actual.size() == segments.size() + 1;
    return more && actual.get(last).isEmpty() ? actual.subList(0, last) : actual;
  }

  /** Whether the literals are in their places: most routes end here, and cost nothing. */
  private boolean fits(List<String> actual, int spare) {
    if (wildcard < 0 ? spare != 0 : spare < 0) {
      return false;
    }
    for (int i = 0; i < segments.size(); i++) {
      String expected = segments.get(i);
      int at = wildcard >= 0 && i > wildcard ? i + spare : i;
      if (!expected.startsWith("{") && !expected.equalsIgnoreCase(actual.get(at))) {
        return false;
      }
    }
    return true;
  }

  private static boolean matches(String expected, String actual, Map<String, String> values) {
    if (!expected.startsWith("{")) {
      return true; // seen before
    }
    return !actual.isEmpty() && values.put(name(expected), actual) == null;
  }

  /** The path with the values in place, spelled as the template spells it. */
  String expand(Map<String, String> values) {
    return "/"
        + segments.stream()
            .map(s -> s.startsWith("{") ? valueOf(values.get(name(s))) : s)
            .collect(Collectors.joining("/"));
  }

  private static String valueOf(@Nullable String value) {
    return value == null ? "" : value;
  }

  private static String name(String segment) {
    return segment.substring(segment.startsWith("{*") ? 2 : 1, segment.length() - 1);
  }

  @Override
  public String toString() {
    String path = "/" + String.join("/", segments);
    return query.isEmpty()
        ? path
        : path
            + "?"
            + new LinkedHashMap<>(query)
                .entrySet().stream()
                    .map(e -> e.getValue().isEmpty() ? e.getKey() : e.getKey() + "=" + e.getValue())
                    .collect(Collectors.joining("&"));
  }
}
