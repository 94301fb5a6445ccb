package mlops.explain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a command was told for its steps, in place of what the profile says.
 *
 * @param values by the names that texts have for them
 * @param options further words of a line, by the same: a name and a value each
 * @param words what was typed, by the same
 */
public record Given(
    Map<String, String> values, Map<String, List<Option>> options, Map<String, String> words) {

  /**
   * An option of az or gh and its value.
   *
   * @param asked whether the value is a word of the shell as it stands, which asks for something
   */
  public record Option(String name, String value, boolean asked) {
    public Option(String name, String value) {
      this(name, value, false);
    }
  }

  public static Given nothing() {
    return new Given(Map.of(), Map.of(), Map.of());
  }

  /**
   * The same with a value, if there is one.
   *
   * @param option by which it was given, such as {@code --file}
   */
  public Given with(String name, String option, Optional<String> value) {
    return value
        .map(v -> new Given(put(values, name, v), options, put(words, name, option + " " + v)))
        .orElse(this);
  }

  /** The same with a value that follows from others. */
  public Given with(String name, String value) {
    return new Given(put(values, name, value), options, words);
  }

  /** The same with words for a line, such as {@code --set inputs.seed=8}. */
  public Given with(String name, List<Option> more) {
    return more.isEmpty() ? this : new Given(values, put(options, name, more), words);
  }

  private static <T> Map<String, T> put(Map<String, T> map, String name, T value) {
    Map<String, T> all = new LinkedHashMap<>(map);
    all.put(name, value);
    return all;
  }
}
