package mlops.assets;

import java.nio.file.Path;
import java.util.Optional;
import mlops.yaml.Mistakes;
import mlops.yaml.YamlNode;

/**
 * A map in a file, being read.
 *
 * @param folder where relative paths in it start from
 * @param mistakes what is wrong with the file goes here
 */
record Source(YamlNode node, Path folder, Mistakes mistakes) {

  /** The map under a key. */
  Optional<Source> in(String key) {
    return node.map(key).map(this::at);
  }

  Source at(YamlNode other) {
    return new Source(other, folder, mistakes);
  }

  /** The text under a key that must be there; empty with a mistake where it is not. */
  String required(String key) {
    return node.required(key).flatMap(YamlNode::asText).orElse("");
  }

  /** The name of the thing, checked against Azure's rule for such names. */
  String name(Names rule) {
    Optional<YamlNode> name = node.required("name");
    return name.flatMap(n -> rule.check(n)).orElse("");
  }

  /** The version of an asset, if the file names one. */
  Optional<String> version() {
    return node.text("version");
  }
}
