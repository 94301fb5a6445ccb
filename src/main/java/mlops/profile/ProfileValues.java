package mlops.profile;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import mlops.yaml.SpellingSuggestion;
import mlops.yaml.YamlNode;

/**
 * Reads names and paths of the profile. A wrong value is reported and read as an empty one, so that
 * the rest of the file is looked at too.
 */
record ProfileValues(Path folder, VariableExpansion expansion) {
  private static final Path NOWHERE = Path.of("");

  /** A name that must be there and keep Azure's rule, with the suffix in place. */
  String name(YamlNode map, String key, NameRule rule) {
    return map.required(key).flatMap(node -> checked(node, rule)).orElse("");
  }

  /** A name that may be absent or empty. */
  Optional<String> optionalName(YamlNode map, String key, NameRule rule) {
    return map.at(key)
        .flatMap(
            node -> expansion.of(node).filter(t -> !t.isEmpty()).flatMap(t -> checked(node, rule)));
  }

  private Optional<String> checked(YamlNode node, NameRule rule) {
    return expansion.of(node).filter(text -> keeps(node, text, rule));
  }

  private boolean keeps(YamlNode node, String text, NameRule rule) {
    Optional<String> broken = rule.broken(text);
    String suffix = expansion.suffix();
    boolean template = node.asText().filter(t -> t.contains("{suffix}")).isPresent();
    broken.ifPresent(
        why ->
            node.mistake(
                "%s is \"%s\", which %s".formatted(node.name(), text, why),
                template ? "the suffix is \"%s\"; --suffix sets another".formatted(suffix) : ""));
    return broken.isEmpty();
  }

  /** A part that must be there. Where it is not, that is the mistake, not each key within. */
  YamlNode section(YamlNode map, String key) {
    return map.required(key).flatMap(YamlNode::asMap).orElseGet(map::nothing);
  }

  /** Text that must be there. */
  String text(YamlNode map, String key) {
    return map.required(key).flatMap(expansion::of).orElse("");
  }

  /** A file that must be there. */
  Path file(YamlNode map, String key) {
    return map.required(key).flatMap(this::existing).orElse(NOWHERE);
  }

  /** A file that may not be named; one that is must be there. */
  Optional<Path> optionalFile(YamlNode map, String key) {
    return map.at(key).flatMap(this::existing);
  }

  /** A file or a folder that need not be there. */
  Path place(YamlNode map, String key) {
    Optional<YamlNode> node = map.required(key);
    try {
      return node.flatMap(expansion::of).map(folder::resolve).orElse(NOWHERE).normalize();
    } catch (InvalidPathException e) {
      node.orElse(map).mistake("%s is not a path: %s".formatted(key, e.getReason()), "");
      return NOWHERE;
    }
  }

  private Optional<Path> existing(YamlNode node) {
    return expansion.of(node).flatMap(text -> resolved(node, text));
  }

  private Optional<Path> resolved(YamlNode node, String text) {
    try {
      Path path = folder.resolve(text).normalize();
      if (Files.isRegularFile(path)) {
        return Optional.of(path);
      }
      String what = Files.exists(path) ? "is not a file" : "does not exist";
      node.mistake("%s: %s %s".formatted(node.name(), text, what), nearest(path));
    } catch (InvalidPathException e) {
      node.mistake("%s is not a path: %s".formatted(node.name(), e.getReason()), "");
    }
    return Optional.empty();
  }

  private String nearest(Path missing) {
    Path parent = missing.resolveSibling("");
    File[] siblings = parent.toFile().listFiles(File::isFile);
    List<String> names =
        siblings == null ? List.of() : Arrays.stream(siblings).map(File::getName).toList();
    return SpellingSuggestion.nearest(String.valueOf(missing.getFileName()), names)
        .map(name -> "did you mean %s?".formatted(folder.relativize(parent.resolve(name))))
        .orElse("");
  }
}
