package mlops.features.online;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import mlops.error.MlopsException;
import mlops.features.spec.ColumnType;
import mlops.features.spec.DataColumn;
import mlops.file.Hashes;

/**
 * Where Azure keeps a record in Redis, and how it writes values, by the {@code schema_version} of
 * the spec: as azureml-featurestore 1.2.2 does.
 */
record RedisLayout(OnlineTable table, RedisValues values) {

  /**
   * The layout of a feature set.
   *
   * @throws MlopsException INVALID for keys that no layout writes in one way
   */
  static RedisLayout of(OnlineTable table) {
    List<ColumnType> kept =
        List.of(ColumnType.STRING, ColumnType.INTEGER, ColumnType.LONG, ColumnType.BOOLEAN);
    for (DataColumn key : table.keys()) {
      if (!kept.contains(key.type())) {
        throw MlopsException.invalid(
            "%s: its key %s is %s, which is not kept in a Redis"
                .formatted(table.id(), key.name(), key.type().word()),
            "Keys there are string, integer, long or boolean; the store in a file keeps all types.");
      }
    }
    boolean first = table.spec().schemaVersion() == 1;
    return new RedisLayout(table, first ? new RedisTexts() : new RedisBytes());
  }

  private boolean isFirst() {
    return table.spec().schemaVersion() == 1;
  }

  private String prefix() {
    String prefix =
        "featurestore:%s:featureset:%s:version:%s:%s:"
            .formatted(table.store(), table.name(), table.version(), table.materialization())
            .toLowerCase(Locale.ROOT);
    return isFirst() ? prefix : Hashes.md5(prefix) + "(";
  }

  /** The name of the record of a key. */
  String name(List<?> key) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < key.size(); i++) {
      if (isFirst()) {
        parts.add(table.keys().get(i).name());
      }
      parts.add(text(key.get(i)));
    }
    String joined = parts.stream().collect(Collectors.joining(":"));
    return isFirst() ? prefix() + joined : prefix() + joined + ")";
  }

  private static String text(Object part) {
    return part instanceof Boolean b ? b ? "True" : "False" : part.toString();
  }

  /** A pattern that finds all records of the set, and of no other. */
  String pattern() {
    return prefix().replaceAll("([*?\\[\\]\\\\])", "\\\\$1") + "*";
  }

  /** The field with the second of the event. */
  byte[] time() {
    return table.spec().source().timestampColumn().getBytes(UTF_8);
  }
}
