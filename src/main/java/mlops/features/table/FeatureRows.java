package mlops.features.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import mlops.error.MlopsException;
import mlops.features.spec.ColumnType;
import mlops.features.spec.DataColumn;
import mlops.features.spec.FeatureSetSpec;
import mlops.features.spec.WindowFeature;

/**
 * The rows of one feature set as a table: {@code k0…} its keys, {@code t} when a row happened,
 * {@code c} when it was written, {@code v0…} the features asked for, in the order of the file.
 */
public final class FeatureRows {
  private final DuckDb database;
  private final SourceTable source;
  private final List<String> features;
  private final String table;
  private final FeatureSetSpec spec;

  /**
   * Rows that are not read yet.
   *
   * @param table its name in the database
   * @param features which of the set's features, in the order of {@code v0…}
   */
  public FeatureRows(DuckDb database, SourceTable source, String table, List<String> features) {
    this.database = database;
    this.source = source;
    this.features = List.copyOf(features);
    this.table = table;
    this.spec = source.spec();
  }

  /** Its name in the database. */
  public String table() {
    return table;
  }

  public int keys() {
    return spec.indexColumns().size();
  }

  public int values() {
    return features.size();
  }

  /**
   * Reads the file.
   *
   * @param keyTypes as what a key is compared
   * @param read which rows are read at all, by {@code t}
   * @return whether the file says when each row was written
   * @throws MlopsException INVALID where file and spec do not fit
   */
  public boolean load(Function<DataColumn, ColumnType> keyTypes, String read) {
    SourceColumns columns = new SourceColumns(source, database);
    List<String> select = new ArrayList<>();
    int number = 0;
    for (DataColumn key : spec.indexColumns()) {
      FileColumn column = columns.require(key);
      checkTexts(column, key.type());
      select.add(ValueSql.key(column, keyTypes.apply(key)) + " AS k" + number++);
    }
    select.add(ValueSql.instant(columns.time(), spec.source().format()) + " AS t");
    Optional<FileColumn> created = columns.created();
    select.add(
        created.map(c -> ValueSql.instant(c, Optional.empty())).orElse("NULL::BIGINT") + " AS c");
    boolean windows = !spec.windows().isEmpty();
    number = 0;
    for (String feature : features) {
      String value = windows ? operand(columns, feature) : value(columns, feature);
      select.add(value + " AS v" + number++);
    }
    database.run(
        "CREATE TEMP TABLE %s AS SELECT * FROM (SELECT %s FROM %s) WHERE %s"
            .formatted(table, String.join(", ", select), source.file().relation(), read));
    if (windows) {
      computeWindows();
    }
    return created.isPresent();
  }

  private String value(SourceColumns columns, String feature) {
    DataColumn declared = spec.feature(feature).orElseThrow();
    FileColumn column = columns.require(declared);
    checkTexts(column, declared.type());
    return ValueSql.value(column, declared.type());
  }

  private WindowFeature window(String feature) {
    return spec.windows().stream()
        .filter(w -> w.feature().equals(feature))
        .findFirst()
        .orElseThrow();
  }

  /** What a window aggregates. */
  private String operand(SourceColumns columns, String feature) {
    Optional<String> name = window(feature).sourceColumn();
    if (name.isEmpty()) {
      return "1";
    }
    FileColumn column = columns.require(name.get());
    if (!column.isText()) {
      return Sql.name(column.name());
    }
    ColumnType type =
        window(feature).aggregation() == WindowFeature.Aggregation.LATEST
            ? spec.feature(feature).orElseThrow().type()
            : ColumnType.DOUBLE;
    checkTexts(column, type);
    return ValueSql.value(column, type);
  }

  /** A text of a CSV file that is no value of its type is a mistake, and no null. */
  private void checkTexts(FileColumn column, ColumnType type) {
    if (source.file().format() != TableFile.Format.CSV || type == ColumnType.STRING) {
      return;
    }
    String name = Sql.name(column.name());
    String value = ValueSql.value(column, type);
    DuckDbRow wrong =
        database.row(
            "SELECT count(*) AS n, any_value(%1$s) AS text FROM %2$s WHERE %1$s <> '' AND %3$s IS NULL"
                .formatted(name, source.file().relation(), value));
    if (wrong.number("n") > 0) {
      throw MlopsException.invalid(
          "%s: %s of %s is no %s in %s rows, such as \"%s\""
              .formatted(
                  source.id(),
                  column.name(),
                  source.file().path(),
                  type.word(),
                  wrong.text("n"),
                  wrong.text("text")),
          "Mend the file, or change the type in %s.".formatted(spec.file()));
    }
  }

  /**
   * Both ends of a window count. Azure's own are of whole seconds, which lets in what came later in
   * the same second; these are not.
   */
  private void computeWindows() {
    List<String> select = new ArrayList<>(List.of(Sql.list(keyNames(), k -> k), "t", "c"));
    int number = 0;
    for (String feature : features) {
      WindowFeature window = window(feature);
      String value = "v" + number;
      String over =
          "OVER (PARTITION BY %s ORDER BY t RANGE BETWEEN %d PRECEDING AND CURRENT ROW)"
              .formatted(Sql.list(keyNames(), k -> k), window.window().toNanos() / 1000);
      String aggregate =
          switch (window.aggregation()) {
            case LATEST -> value; // its own row is the latest of each window
            case SUM -> "sum(" + value + ") " + over;
            case AVG -> "avg(" + value + ") " + over;
            case MIN -> "min(" + value + ") " + over;
            case MAX -> "max(" + value + ") " + over;
            case COUNT -> "count(*) " + over;
          };
      ColumnType type = spec.feature(feature).orElseThrow().type();
      select.add("CAST(%s AS %s) AS v%d".formatted(aggregate, ValueSql.type(type), number++));
    }
    database.run("ALTER TABLE %1$s RENAME TO raw_%1$s".formatted(table));
    database.run(
        "CREATE TEMP TABLE %1$s AS SELECT %2$s FROM raw_%1$s ORDER BY rowid"
            .formatted(table, String.join(", ", select)));
    database.run("DROP TABLE raw_" + table);
  }

  /** {@code k0, k1, …}. */
  public List<String> keyNames() {
    return names("k", keys());
  }

  /** {@code v0, v1, …}. */
  public List<String> valueNames() {
    return names("v", values());
  }

  private static List<String> names(String letter, int count) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add(letter + i);
    }
    return names;
  }
}
