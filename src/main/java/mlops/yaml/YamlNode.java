package mlops.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A value in a YAML file that knows where it stands. What does not have the expected type is added
 * to the mistakes of the reading and comes back empty, so that a reader can go on and find the
 * rest. A key without a value counts as absent.
 */
public final class YamlNode {
  private final FilePosition place;
  private final String name;
  private final YamlContent content;
  private final Mistakes mistakes;

  YamlNode(FilePosition place, String name, YamlContent content, Mistakes mistakes) {
    this.place = place;
    this.name = name;
    this.content = content;
    this.mistakes = mistakes;
  }

  public FilePosition place() {
    return place;
  }

  /** The keys that lead here: {@code environments.dev.uploads[0].file}; empty for a whole file. */
  public String name() {
    return name;
  }

  public boolean isMap() {
    return content instanceof YamlContent.Mapping;
  }

  public boolean isList() {
    return content instanceof YamlContent.Sequence;
  }

  public boolean isScalar() {
    return content instanceof YamlContent.Scalar;
  }

  public boolean isNull() {
    return isType(YamlContent.Type.NULL);
  }

  /** Whether this is a whole number, written without quotes. */
  public boolean isInteger() {
    return isType(YamlContent.Type.INTEGER);
  }

  /** Whether this is a date or a time, written without quotes. */
  public boolean isDate() {
    return isType(YamlContent.Type.DATE);
  }

  /** Whether this is {@code true} or {@code false} (or yes, no, on, off) without quotes. */
  public boolean isFlag() {
    return isType(YamlContent.Type.FLAG);
  }

  /** What is here, in the words of an error message: {@code a list}, {@code the text "x"}. */
  public String words() {
    return content.words();
  }

  /** The values of a map by key, in the order of the file; empty for anything else. */
  public Map<String, YamlNode> entries() {
    Map<String, YamlNode> values = new LinkedHashMap<>();
    if (content instanceof YamlContent.Mapping map) {
      map.entries().forEach((key, entry) -> values.put(key, entry.value()));
    }
    return values;
  }

  /** The values of a list; empty for anything else. */
  public List<YamlNode> items() {
    return content instanceof YamlContent.Sequence list ? list.items() : List.of();
  }

  /** The value of a key; empty where the key is absent or has no value. */
  public Optional<YamlNode> at(String key) {
    return content instanceof YamlContent.Mapping map
        ? Optional.ofNullable(map.entries().get(key))
            .map(YamlContent.Entry::value)
            .filter(v -> !v.isNull())
        : Optional.empty();
  }

  /** The value of a key that must be there. */
  public Optional<YamlNode> required(String key) {
    Optional<YamlNode> value = at(key);
    if (value.isEmpty()) {
      FilePosition at = keyPlace(key);
      String where = name.isEmpty() ? "" : " in " + name;
      mistakes.add(at, "the key %s is missing%s".formatted(key, where), "");
    }
    return value;
  }

  public Optional<String> text(String key) {
    return at(key).flatMap(YamlNode::asText);
  }

  public Optional<Long> integer(String key) {
    return at(key).flatMap(YamlNode::asInteger);
  }

  public Optional<Double> number(String key) {
    return at(key).flatMap(YamlNode::asNumber);
  }

  public Optional<Boolean> flag(String key) {
    return at(key).flatMap(YamlNode::asFlag);
  }

  public Optional<YamlNode> map(String key) {
    return at(key).flatMap(YamlNode::asMap);
  }

  /** The items of the list under a key; empty where there is none. */
  public List<YamlNode> list(String key) {
    return at(key).flatMap(YamlNode::asList).map(YamlNode::items).orElse(List.of());
  }

  /** An empty map to go on with where a map is missing; what is asked of it is not reported. */
  public YamlNode nothing() {
    return new YamlNode(place, name, new YamlContent.Mapping(Map.of()), new Mistakes());
  }

  /** Text, or a number or flag as it is written: {@code 007} stays {@code 007}. */
  public Optional<String> asText() {
    if (content instanceof YamlContent.Scalar scalar && scalar.type() != YamlContent.Type.NULL) {
      return Optional.of(scalar.text());
    }
    return wrong("text");
  }

  public Optional<Long> asInteger() {
    return content instanceof YamlContent.Scalar scalar && isInteger()
        ? YamlScalars.integer(scalar.text())
            .filter(value -> value.bitLength() < Long.SIZE)
            .map(BigInteger::longValueExact)
            .or(() -> wrong("a whole number"))
        : wrong("a whole number");
  }

  public Optional<Double> asNumber() {
    return content instanceof YamlContent.Scalar scalar
            && (isInteger() || isType(YamlContent.Type.NUMBER) || isExponential(scalar))
        ? Optional.of(YamlScalars.number(scalar.text()))
        : wrong("a number");
  }

  /** {@code 1e-3}, which is a text in YAML 1.1, and where a number is asked for a number. */
  private static boolean isExponential(YamlContent.Scalar scalar) {
    return scalar.text().matches("[-+]?[0-9]+(\\.[0-9]*)?[eE][-+]?[0-9]{1,3}");
  }

  public Optional<Boolean> asFlag() {
    return content instanceof YamlContent.Scalar scalar && isFlag()
        ? Optional.of(YamlScalars.flag(scalar.text()))
        : wrong("true or false");
  }

  public Optional<YamlNode> asMap() {
    return isMap() ? Optional.of(this) : wrong("a map of keys and values");
  }

  public Optional<YamlNode> asList() {
    return isList() ? Optional.of(this) : wrong("a list");
  }

  /** Reports every key of this map that is not one of these, with the nearest valid name. */
  public void allow(String... keys) {
    allow(Arrays.asList(keys));
  }

  public void allow(Collection<String> keys) {
    for (String key : entries().keySet()) {
      if (!keys.contains(key)) {
        String where = name.isEmpty() ? "" : " in " + name;
        mistakeAt(
            key, "unknown key %s%s".formatted(key, where), SpellingSuggestion.hint(key, keys));
      }
    }
  }

  /** The text of this node if it is one of these words, else a mistake that names them. */
  public Optional<String> oneOf(Set<String> words) {
    Optional<String> text = asText();
    if (text.isPresent() && !words.contains(text.get())) {
      String what = "%s is %s".formatted(name, words());
      mistake(what, SpellingSuggestion.hint(text.get(), words.stream().sorted().toList()));
      return Optional.empty();
    }
    return text;
  }

  /** Reports a mistake at this value. */
  public void mistake(String message, String hint) {
    mistakes.add(place, message, hint);
  }

  /** Reports a mistake at a key of this map. */
  public void mistakeAt(String key, String message, String hint) {
    mistakes.add(keyPlace(key), message, hint);
  }

  /** Notes something at a key of this map, which is taken nevertheless. */
  public void noteAt(String key, String message, String hint) {
    mistakes.note(keyPlace(key), message, hint);
  }

  /** The value as plain JSON, as a YAML reader without places would give it. */
  public JsonNode json() {
    return YamlScalars.json(content);
  }

  YamlContent content() {
    return content;
  }

  YamlNode with(YamlContent other) {
    return new YamlNode(place, name, other, mistakes);
  }

  private FilePosition keyPlace(String key) {
    if (content instanceof YamlContent.Mapping map) {
      YamlContent.Entry entry = map.entries().get(key);
      return entry == null ? place : entry.key();
    }
    return place;
  }

  private boolean isType(YamlContent.Type type) {
    return content instanceof YamlContent.Scalar scalar && scalar.type() == type;
  }

  private <T> Optional<T> wrong(String expected) {
    String what = name.isEmpty() ? "the file" : name;
    mistake("%s is %s, expected %s".formatted(what, words(), expected), "");
    return Optional.empty();
  }
}
