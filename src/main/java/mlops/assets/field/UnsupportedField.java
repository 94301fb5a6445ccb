package mlops.assets.field;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import mlops.yaml.YamlNode;

/** A field that Azure ML has and mlops does not translate: a mistake that names the field. */
public final class UnsupportedField {

  /** The word for the request; what is valid but not built is a mistake that says so. */
  public static Optional<String> check(YamlNode node, EnumMapping notBuilt, EnumMapping built) {
    if (refuses(node, notBuilt)) {
      return Optional.empty();
    }
    Map<String, String> all = new LinkedHashMap<>(built.words());
    all.putAll(notBuilt.words());
    return new EnumMapping(all).of(node);
  }

  /** Whether a field holds a word that is valid but not built; a mistake says so. */
  public static boolean refuses(YamlNode map, String field, EnumMapping notBuilt) {
    return map.at(field).filter(node -> refuses(node, notBuilt)).isPresent();
  }

  private static boolean refuses(YamlNode node, EnumMapping notBuilt) {
    Optional<String> word =
        Optional.of(node)
            .filter(YamlNode::isScalar)
            .flatMap(YamlNode::asText)
            .map(text -> text.toLowerCase(Locale.ROOT))
            .filter(notBuilt.words()::containsKey);
    word.ifPresent(w -> report(node, "%s %s".formatted(node.name(), w)));
    return word.isPresent();
  }

  /** Reports those of these fields that the map has. */
  public static void fields(YamlNode map, String... fields) {
    for (String field : fields) {
      map.at(field).ifPresent(value -> report(value, value.name()));
    }
  }

  public static void report(YamlNode node, String what) {
    node.mistake(what + " is valid Azure ML, but mlops does not build it yet", "");
  }

  private UnsupportedField() {}
}
