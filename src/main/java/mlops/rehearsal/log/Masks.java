package mlops.rehearsal.log;

import java.util.Collection;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.TreeSet;

/** What a log shows as stars: secrets, each line of them for itself. */
public final class Masks {
  private static final String STARS = "***";

  /** Long ones first: one may be a part of another. */
  private final NavigableSet<String> hidden =
      new TreeSet<>(Comparator.comparingInt(String::length).reversed().thenComparing(s -> s));

  public void hide(Collection<String> values) {
    values.stream().flatMap(String::lines).filter(l -> !l.isBlank()).forEach(hidden::add);
  }

  public String masked(String text) {
    String masked = text;
    for (String value : hidden) {
      masked = masked.replace(value, STARS);
    }
    return masked;
  }
}
