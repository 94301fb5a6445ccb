package mlops.features.spec;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import mlops.yaml.YamlNode;

/** The types that a column of a feature set can have. */
public enum ColumnType {
  STRING,
  INTEGER,
  LONG,
  FLOAT,
  DOUBLE,
  BINARY,
  DATETIME,
  BOOLEAN;

  /** As Azure's files write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether values are whole numbers. */
  public boolean isWhole() {
    return this == INTEGER || this == LONG;
  }

  /** The type that the key {@code type} of a column names; Azure reads it in any case. */
  static Optional<ColumnType> read(YamlNode column) {
    Optional<YamlNode> type = column.required("type");
    Optional<String> text = type.flatMap(YamlNode::asText).map(t -> t.toUpperCase(Locale.ROOT));
    Optional<ColumnType> found =
        text.flatMap(t -> Arrays.stream(values()).filter(v -> v.name().equals(t)).findFirst());
    if (text.isPresent() && found.isEmpty()) {
      type.get().oneOf(Arrays.stream(values()).map(ColumnType::word).collect(Collectors.toSet()));
    }
    return found;
  }
}
