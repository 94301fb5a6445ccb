package mlops.yaml;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Turns the nodes of the YAML library into ours: aliases and merge keys in place, bounded. */
final class YamlTree {
  private static final int MAX_NODES = 100_000;
  private static final Map<Tag, YamlContent.Type> TYPES =
      Map.of(
          Tag.NULL, YamlContent.Type.NULL,
          Tag.BOOL, YamlContent.Type.FLAG,
          Tag.INT, YamlContent.Type.INTEGER,
          Tag.FLOAT, YamlContent.Type.NUMBER,
          Tag.STR, YamlContent.Type.TEXT,
          Tag.TIMESTAMP, YamlContent.Type.DATE);
  private static final Set<Tag> COLLECTIONS = Set.of(Tag.MAP, Tag.SEQ);

  private final Path file;
  private final Mistakes mistakes;
  private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private int count;

  YamlTree(Path file, Mistakes mistakes) {
    this.file = file;
    this.mistakes = mistakes;
  }

  /** Empty where aliases blow the file up. */
  Optional<YamlNode> root(Node root) {
    YamlNode node = node(root, "");
    if (count <= MAX_NODES) {
      return Optional.of(node);
    }
    String what = "with its aliases in place the file has more than %,d values";
    mistakes.add(new FilePosition(file, 1, 1), what.formatted(MAX_NODES), "");
    return Optional.empty();
  }

  private YamlNode node(Node node, String name) {
    count++;
    return new YamlNode(place(node), name, content(node, name), mistakes);
  }

  private YamlContent content(Node node, String name) {
    if (count > MAX_NODES) {
      return new YamlContent.Scalar("", YamlContent.Type.NULL);
    }
    if (node instanceof ScalarNode scalar) {
      return scalar(scalar);
    }
    if (!COLLECTIONS.contains(node.getTag())) {
      mistakes.add(place(node), "the tag %s is not allowed".formatted(node.getTag()), "");
    }
    if (!open.add(node)) {
      mistakes.add(place(node), "this value contains itself", "");
      return new YamlContent.Scalar("", YamlContent.Type.NULL);
    }
    try {
      return node instanceof MappingNode mapping
          ? new YamlContent.Mapping(Collections.unmodifiableMap(entries(mapping, name)))
          : new YamlContent.Sequence(items((SequenceNode) node, name));
    } finally {
      open.remove(node);
    }
  }

  private YamlContent.Scalar scalar(ScalarNode node) {
    YamlContent.Type type = TYPES.get(node.getTag());
    if (type == null) {
      boolean plain = List.of("=", "<<").contains(node.getValue());
      mistakes.add(
          place(node),
          plain
              ? "%s means something else in YAML".formatted(node.getValue())
              : "the tag %s is not allowed".formatted(node.getTag()),
          plain ? "write it in quotes" : "");
      type = YamlContent.Type.TEXT;
    }
    if (type == YamlContent.Type.INTEGER && YamlScalars.integer(node.getValue()).isEmpty()) {
      mistakes.add(place(node), node.getValue() + " is no number", "write text in quotes");
      type = YamlContent.Type.TEXT;
    }
    return new YamlContent.Scalar(node.getValue(), type);
  }

  private List<YamlNode> items(SequenceNode list, String name) {
    List<YamlNode> items = new ArrayList<>();
    for (Node item : list.getValue()) {
      items.add(node(item, name + "[" + items.size() + "]"));
    }
    return Collections.unmodifiableList(items);
  }

  private Map<String, YamlContent.Entry> entries(MappingNode map, String name) {
    Map<String, YamlContent.Entry> entries = new LinkedHashMap<>();
    List<NodeTuple> merges = new ArrayList<>();
    for (NodeTuple tuple : map.getValue()) {
      if (tuple.getKeyNode().getTag().equals(Tag.MERGE)) {
        merges.add(tuple);
      } else if (tuple.getKeyNode() instanceof ScalarNode key) {
        add(entries, key, tuple.getValueNode(), name);
      } else {
        mistakes.add(place(tuple.getKeyNode()), "a key is a map or a list, expected text", "");
      }
    }
    merges.forEach(merge -> merge(entries, merge.getValueNode(), name));
    return entries;
  }

  private void add(
      Map<String, YamlContent.Entry> entries, ScalarNode key, Node value, String name) {
    String word = key.getValue();
    String full = name.isEmpty() ? word : name + "." + word;
    YamlContent.Entry before = entries.get(word);
    if (before == null) {
      entries.put(word, new YamlContent.Entry(place(key), node(value, full)));
    } else {
      mistakes.add(
          place(key),
          "the key %s stands here twice, first in line %d".formatted(word, before.key().line()),
          "");
    }
  }

  /** Adds what a merge key names; what the map itself says stays. */
  private void merge(Map<String, YamlContent.Entry> entries, Node merged, String name) {
    if (merged instanceof MappingNode mapping
        && content(mapping, name) instanceof YamlContent.Mapping m) {
      m.entries().forEach(entries::putIfAbsent);
    } else if (merged instanceof SequenceNode list) {
      list.getValue().forEach(item -> merge(entries, item, name));
    } else {
      mistakes.add(place(merged), "the merge key << needs a map", "");
    }
  }

  private FilePosition place(Node node) {
    return new FilePosition(
        file, node.getStartMark().getLine() + 1, node.getStartMark().getColumn() + 1);
  }
}
