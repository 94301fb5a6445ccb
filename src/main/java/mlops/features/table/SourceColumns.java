package mlops.features.table;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.error.MlopsException;
import mlops.features.spec.ColumnType;
import mlops.features.spec.DataColumn;
import mlops.yaml.SpellingSuggestion;

/** The columns of a source, held against what its spec says. */
public final class SourceColumns {
  /** By this name Azure knows when a row was written. */
  public static final String CREATED = "create_timestamp";

  private final SourceTable source;
  private final Map<String, FileColumn> columns = new LinkedHashMap<>();

  public SourceColumns(SourceTable source, DuckDb database) {
    this.source = source;
    source.file().columns(database).forEach(c -> columns.put(c.name(), c));
  }

  /** A column that must be there. */
  public FileColumn require(String name) {
    FileColumn column = columns.get(name);
    if (column == null) {
      throw MlopsException.invalid(
          "%s: %s has no column %s".formatted(source.id(), source.file().path(), name),
          SpellingSuggestion.wayOut(
              name,
              columns.keySet(),
              "It has: %s.".formatted(String.join(", ", columns.keySet()))));
    }
    return column;
  }

  /** A column of a declared type: in Parquet it must have that, of CSV it is read as it. */
  public FileColumn require(DataColumn declared) {
    FileColumn column = require(declared.name());
    boolean csv = source.file().format() == TableFile.Format.CSV;
    if (!csv && !fits(column, declared.type())) {
      throw MlopsException.invalid(
          "%s: %s is %s in %s, and the spec says %s"
              .formatted(
                  source.id(),
                  column.name(),
                  column.type(),
                  source.file().path(),
                  declared.type().word()),
          "Change the type in %s, or write the file with that type; Azure refuses it too."
              .formatted(source.spec().file()));
    }
    return column;
  }

  /** As Azure has it: its own types, and short whole numbers as integers. */
  private static boolean fits(FileColumn column, ColumnType type) {
    return switch (type) {
      case STRING -> column.isText();
      case INTEGER -> List.of("INTEGER", "SMALLINT").contains(column.type());
      case LONG -> column.type().equals("BIGINT");
      case FLOAT, DOUBLE, BOOLEAN -> column.type().equals(type.name());
      case BINARY -> column.type().equals("BLOB");
      case DATETIME -> column.isTime();
    };
  }

  /** When a row happened. */
  public FileColumn time() {
    FileColumn time = require(source.spec().source().timestampColumn());
    if (!time.isText() && !time.isTime() && !time.isDate() && !time.isWhole()) {
      throw MlopsException.invalid(
          "%s: %s is %s, and no time".formatted(source.id(), time.name(), time.type()),
          "Name a column of times as timestamp_column.");
    }
    return time;
  }

  /** When a row was written, where the source says so. */
  public Optional<FileColumn> created() {
    return Optional.ofNullable(columns.get(CREATED));
  }
}
