package mlops.explain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mlops.yaml.YamlNode;

/**
 * The text of a kind of step, as it is written.
 *
 * @param key the ids of the steps that it is about, such as {@code compute.{env}}: one for each
 *     environment; {@code {training}} is the one that trains, {@code {target}} any other, and
 *     {@code {later}} any target but the first
 */
record ExplanationText(String key, Map<String, String> fields) {
  private static final Set<String> ENVIRONMENTS = Set.of("env", "training", "target", "later");
  private static final Pattern NAME = Pattern.compile("\\{([a-z-]+)}");

  static ExplanationText of(String key, YamlNode node) {
    Map<String, String> fields = new HashMap<>();
    node.entries()
        .forEach((name, value) -> value.asText().ifPresent(text -> fields.put(name, text)));
    return new ExplanationText(key, fields);
  }

  /**
   * What stands in an id for the names in the key; empty where the text is about other steps.
   *
   * @param words by name what may stand for it
   */
  Optional<Map<String, String>> match(String id, Map<String, List<String>> words) {
    StringBuilder pattern = new StringBuilder();
    List<String> names = new ArrayList<>();
    Matcher name = NAME.matcher(key);
    int end = 0;
    while (name.find()) {
      pattern.append(Pattern.quote(key.substring(end, name.start())));
      pattern.append(oneOf(words.getOrDefault(name.group(1), List.of())));
      names.add(ENVIRONMENTS.contains(name.group(1)) ? "env" : name.group(1));
      end = name.end();
    }
    Matcher found = Pattern.compile(pattern + Pattern.quote(key.substring(end))).matcher(id);
    if (!found.matches()) {
      return Optional.empty();
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      values.put(names.get(i), found.group(i + 1));
    }
    return Optional.of(values);
  }

  private static String oneOf(List<String> words) {
    return "(" + String.join("|", words.stream().map(Pattern::quote).toList()) + ")";
  }

  /** The key with each of the words in place of each name. */
  Stream<String> ids(Map<String, List<String>> words) {
    Stream<String> ids = Stream.of(key);
    for (MatchResult name : NAME.matcher(key).results().toList()) {
      List<String> all = words.getOrDefault(name.group(1), List.of());
      ids = ids.flatMap(id -> all.stream().map(word -> id.replace(name.group(), word)));
    }
    return ids;
  }

  /**
   * The whole of it.
   *
   * @param typed by name what a user typed in place of what the profile says
   */
  Explanation in(StepNames names, Map<String, String> typed) {
    return new Explanation(
        names.text(field("why")),
        Optional.ofNullable(fields.get("az")).map(names::command),
        Optional.ofNullable(fields.get("without-az")).map(names::text),
        fields.getOrDefault("gh", "").lines().flatMap(names::commands).toList(),
        names.text(field("rest")),
        names.command(field("look")),
        field("docs"),
        source(typed).orElseGet(() -> names.text(field("source"))));
  }

  /** Where it comes from, if not from the profile. */
  private Optional<String> source(Map<String, String> typed) {
    return NAME.matcher(field("source"))
        .results()
        .flatMap(name -> Stream.ofNullable(typed.get(name.group(1))))
        .findFirst();
  }

  private String field(String name) {
    String text = fields.get(name);
    if (text == null) {
      throw new IllegalStateException("the explanation of %s has no %s".formatted(key, name));
    }
    return text;
  }
}
