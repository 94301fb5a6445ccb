package mlops.workflow;

import java.util.List;
import java.util.Optional;
import mlops.yaml.YamlNode;

/** A word, or a list of words, which GitHub takes for one another in many places. */
final class Words {

  static List<String> of(YamlNode node) {
    return nodes(node).stream().map(YamlNode::asText).flatMap(Optional::stream).toList();
  }

  static List<YamlNode> nodes(YamlNode node) {
    return node.isList() ? node.items() : List.of(node);
  }

  private Words() {}
}
