package mlops.assets.field;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mlops.yaml.Mistakes;
import mlops.yaml.YamlFile;
import mlops.yaml.YamlNode;

/**
 * A map in a file, being read.
 *
 * @param files the file, absolute, after those that led to it
 * @param mistakes what is wrong with the file goes here
 */
public record FileSection(YamlNode node, List<Path> files, Mistakes mistakes) {

  public FileSection {
    files = List.copyOf(files);
  }

  /** Where relative paths start from. */
  Path folder() {
    Path file = files.get(files.size() - 1);
    Path folder = file.getParent();
    return folder == null ? file : folder;
  }

  /** Another file that this one names; empty, with a mistake, where it leads back to itself. */
  public Optional<FileSection> open(YamlNode reference, Path path) {
    Path file = path.toAbsolutePath().normalize();
    if (files.contains(file)) {
      reference.mistake("%s: %s contains itself".formatted(reference.name(), file), "");
      return Optional.empty();
    }
    List<Path> chain = Stream.concat(files.stream(), Stream.of(file)).toList();
    return YamlFile.read(path, mistakes)
        .flatMap(YamlNode::asMap)
        .map(root -> new FileSection(root, chain, mistakes));
  }

  /** The map under a key. */
  public Optional<FileSection> in(String key) {
    return node.map(key).map(this::at);
  }

  public FileSection at(YamlNode other) {
    return new FileSection(other, files, mistakes);
  }

  /** The name of the thing, checked against Azure's rule for such names. */
  public String name(AssetNames rule) {
    return node.required("name").flatMap(rule::check).orElse("");
  }

  /** The version of an asset, if the file names one. */
  public Optional<String> version() {
    return node.text("version");
  }
}
