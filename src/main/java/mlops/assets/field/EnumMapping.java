package mlops.assets.field;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import mlops.yaml.SpellingSuggestion;
import mlops.yaml.YamlNode;

/**
 * The words that a field may hold, and Azure's word for each in a request. Case does not matter, as
 * in Azure's own reader.
 */
public record EnumMapping(Map<String, String> words) {

  /** Pairs of a word in YAML and a word in the request. */
  public static EnumMapping of(String... pairs) {
    Map<String, String> words = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      words.put(pairs[i], pairs[i + 1]);
    }
    return new EnumMapping(words);
  }

  /** Words that are the same in the request. */
  public static EnumMapping same(String... words) {
    Map<String, String> same = new LinkedHashMap<>();
    List.of(words).forEach(w -> same.put(w, w));
    return new EnumMapping(same);
  }

  /** The word for the request, or a mistake that names the nearest. */
  public Optional<String> of(YamlNode node) {
    Optional<String> text = node.asText();
    if (text.isEmpty()) {
      return text;
    }
    String word = words.get(text.get().toLowerCase(Locale.ROOT));
    if (word == null) {
      node.mistake(
          "%s is %s".formatted(node.name(), node.words()),
          SpellingSuggestion.hint(text.get(), words.keySet()));
    }
    return Optional.ofNullable(word);
  }
}
