package mlops.features.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mlops.yaml.YamlNode;

/**
 * A column that a file declares: a key or a feature.
 *
 * @param node where it is declared
 */
public record DataColumn(String name, ColumnType type, YamlNode node) {

  /** The columns of a list, each name once. */
  static List<DataColumn> list(List<YamlNode> items, String... more) {
    List<DataColumn> columns = new ArrayList<>();
    List<String> keys = new ArrayList<>(List.of("name", "type"));
    keys.addAll(List.of(more));
    for (YamlNode item : items) {
      item.asMap().ifPresent(map -> map.allow(keys));
      Optional<String> name =
          item.isMap() ? item.required("name").flatMap(YamlNode::asText) : none();
      Optional<ColumnType> type = item.isMap() ? ColumnType.read(item) : Optional.empty();
      if (name.isPresent() && columns.stream().anyMatch(c -> c.name().equals(name.get()))) {
        item.mistakeAt("name", "the column %s is declared twice".formatted(name.get()), "");
      } else if (name.isPresent() && type.isPresent()) {
        columns.add(new DataColumn(name.get(), type.get(), item));
      }
    }
    return columns;
  }

  private static Optional<String> none() {
    return Optional.empty();
  }
}
