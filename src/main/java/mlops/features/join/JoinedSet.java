package mlops.features.join;

import java.util.List;
import mlops.error.MlopsException;
import mlops.features.spec.DataColumn;
import mlops.features.table.DuckDb;
import mlops.features.table.FeatureRows;
import mlops.features.table.SourceColumns;
import mlops.features.table.SourceTable;
import mlops.features.table.Sql;
import mlops.features.table.ValueSql;

/** One feature set in the statement that joins all: {@code g…}, beside the observations. */
final class JoinedSet {
  private final SourceTable source;
  private final int number;
  private final List<String> features;
  private final FeatureRows rows;
  private final ValidRows valid;
  private final boolean created;
  private long dropped;

  private JoinedSet(
      JoinRequest request, SourceTable source, FeatureRows rows, ValidRows valid, boolean created) {
    this.source = source;
    this.number = request.number(source);
    this.features = request.of(source);
    this.rows = rows;
    this.valid = valid;
    this.created = created;
  }

  /** Reads its rows. */
  static JoinedSet prepare(
      DuckDb database, JoinRequest request, SourceTable source, Observations observations) {
    if (source.spec().needsSpark()) {
      String why =
          source
              .spec()
              .transformer()
              .map(t -> "the PySpark transformer " + t)
              .orElse("a source of type " + source.spec().source().type().word);
      throw MlopsException.invalid(
          "%s needs Spark: it has %s".formatted(source.id(), why),
          "Only windows over CSV and Parquet files, and their columns, are computed here.");
    }
    boolean asKnown = request.options().asKnown();
    String table = "f" + request.number(source);
    FeatureRows rows = new FeatureRows(database, source, table, request.of(source));
    boolean created =
        rows.load(key -> ValueSql.keyType(key.type(), observations.key(key, source)), "true");
    if (asKnown) {
      requireKnown(source, created);
    }
    ValidRows valid = new ValidRows(database, rows, source.spec(), asKnown);
    JoinedSet set = new JoinedSet(request, source, rows, valid, created);
    set.dropped = valid.prepare("g" + set.number);
    return set;
  }

  private static void requireKnown(SourceTable source, boolean created) {
    if (!created) {
      throw MlopsException.invalid(
          "--as-known: %s has no column %s that says when each row was written"
              .formatted(source.file().path(), SourceColumns.CREATED),
          "Leave --as-known out, or add the column.");
    }
    if (!source.spec().windows().isEmpty()) {
      throw MlopsException.invalid(
          "--as-known: the windows of %s were computed of all rows, also of those written later"
              .formatted(source.id()),
          "Leave --as-known out, or make a feature set of what was known.");
    }
  }

  SourceTable source() {
    return source;
  }

  int number() {
    return number;
  }

  List<String> features() {
    return features;
  }

  FeatureRows rows() {
    return rows;
  }

  /** Whether the source says when each row was written. */
  boolean isCreated() {
    return created;
  }

  /** How many rows gave way to others of the same key and time. */
  long dropped() {
    return dropped;
  }

  private String g(String column) {
    return "g%d.%s".formatted(number, column);
  }

  private String ifNew(String value) {
    return "CASE WHEN %s THEN %s END".formatted(valid.newEnough(g("t"), "o.instant"), value);
  }

  /** The value of a feature, or null. */
  String value(String feature) {
    return ifNew(g("v" + features.indexOf(feature)));
  }

  /** What the report and the look for ties need of the row that was picked. */
  List<String> bookkeeping() {
    String keyless =
        Sql.all(rows.keyNames(), k -> "o.k%d_%s IS NOT NULL".formatted(number, k.substring(1)));
    return List.of(
        "%s AS t%d".formatted(ifNew(g("t")), number),
        "%s AS c%d".formatted(created ? ifNew(g("c")) : "NULL::BIGINT", number),
        "%s AS tie%d".formatted(tie(), number),
        "NOT (%s) AS keyless%d".formatted(keyless, number),
        rows.keyNames().stream()
            .map(k -> "o.k%1$d_%2$s AS k%1$d_%2$s".formatted(number, k.substring(1)))
            .reduce((a, b) -> a + ", " + b)
            .orElse("NULL AS nokeys" + number));
  }

  private String tie() {
    return dropped == 0 ? "false" : "coalesce(%s, false)".formatted(ifNew(g("tie")));
  }

  /** The join itself. */
  String clause() {
    String same =
        Sql.all(rows.keyNames(), k -> "o.k%d_%s = %s".formatted(number, k.substring(1), g(k)));
    return "ASOF LEFT JOIN g%d ON %s AND %s >= %s"
        .formatted(number, same, valid.reach("o.instant"), g("valid"));
  }

  /** The key of a row of the result, for people. */
  List<String> keyColumns() {
    return source.spec().indexColumns().stream().map(DataColumn::name).toList();
  }
}
