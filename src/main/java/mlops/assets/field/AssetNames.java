package mlops.assets.field;

import java.util.Optional;
import java.util.regex.Pattern;
import mlops.yaml.YamlNode;

/** Azure's rules for names. */
public enum AssetNames {
  ASSET("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,254}", "1 to 255 letters, digits, _ - and ."),
  COMPONENT("[a-z][a-z0-9_]{0,254}", "lower-case letters, digits and _, a letter first"),
  COMPUTE(
      "[a-zA-Z](?![a-zA-Z0-9-]*-\\d+$)[a-zA-Z0-9-]{2,23}",
      "3 to 24 letters, digits and -, a letter first, and not ending in - and digits"),
  DATASTORE("[a-zA-Z0-9_]{1,255}", "1 to 255 letters, digits and _"),
  ENDPOINT(
      "(?=.{3,32}$)[a-zA-Z]([a-zA-Z0-9-]*[a-zA-Z0-9])?",
      "3 to 32 letters, digits and -, a letter first, no - at the end"),
  KEY("[a-zA-Z_][a-zA-Z0-9_]*", "letters, digits and _, no digit first"),
  REGISTRY(
      "[a-zA-Z0-9][a-zA-Z0-9_-]{2,32}",
      "3 to 33 letters, digits, - and _, a letter or digit first"),
  NODE("[a-z_][a-z0-9_]*", "lower-case letters, digits and _, no digit first");

  private final Pattern pattern;
  private final String words;

  AssetNames(String pattern, String words) {
    this.pattern = Pattern.compile(pattern);
    this.words = words;
  }

  /** The text of a value if it is such a name, else a mistake that states the rule. */
  public Optional<String> check(YamlNode node) {
    Optional<String> text = node.asText();
    if (text.isPresent() && !pattern.matcher(text.get()).matches()) {
      node.mistake("%s \"%s\" is not allowed".formatted(node.name(), text.get()), "use " + words);
    }
    return text;
  }

  /** The same for the keys of a map. */
  public void checkKeys(YamlNode map) {
    for (String key : map.entries().keySet()) {
      if (!pattern.matcher(key).matches()) {
        map.mistakeAt(
            key, "the name \"%s\" in %s is not allowed".formatted(key, map.name()), "use " + words);
      }
    }
  }
}
