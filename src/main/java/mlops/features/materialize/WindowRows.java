package mlops.features.materialize;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import mlops.error.MlopsException;
import mlops.features.join.ValidRows;
import mlops.features.online.Micros;
import mlops.features.spec.DataColumn;
import mlops.features.spec.FeatureSetSpec;
import mlops.features.table.DuckDb;
import mlops.features.table.DuckDbRow;
import mlops.features.table.FeatureRows;
import mlops.features.table.SourceTable;
import mlops.features.table.Sql;

/**
 * The feature values of a window as a table {@code m}: keys {@code k0…}, {@code t}, {@code c},
 * values {@code v0…}. By the rules of the join: of one key and time the row that was written last.
 */
final class WindowRows {
  private final DuckDb database;
  private final SourceTable source;
  private final FeatureRows rows;
  private long read;
  private long dropped;
  private long keyless;

  WindowRows(DuckDb database, SourceTable source) {
    this.database = database;
    this.source = source;
    List<String> names = source.spec().features().stream().map(DataColumn::name).toList();
    this.rows = new FeatureRows(database, source, "f0", names);
  }

  /** Reads the source from the lookback before the window on, and computes. */
  void compute(long from, long to, boolean lastOfTies) {
    FeatureSetSpec spec = source.spec();
    long lookback = spec.sourceLookback().map(Duration::toNanos).orElse(0L) / 1000;
    rows.load(DataColumn::type, "t >= %d AND t < %d".formatted(from - lookback, to));
    read = database.number("SELECT count(*) FROM f0");
    ValidRows unique = new ValidRows(database, rows, spec, false);
    dropped = unique.prepare("g0");
    if (dropped > 0 && !lastOfTies) {
      checkTies(from);
    }
    String whole = Sql.all(rows.keyNames(), k -> k + " IS NOT NULL");
    keyless =
        database.number(
            "SELECT count(*) FROM f0 WHERE t >= %d AND NOT (%s)".formatted(from, whole));
    database.run(
        "CREATE TEMP TABLE m AS SELECT %s, t, c, %s FROM g0 WHERE t >= %d AND %s"
            .formatted(
                Sql.list(rows.keyNames(), k -> k),
                Sql.list(rows.valueNames(), v -> v),
                from,
                whole));
  }

  private void checkTies(long from) {
    List<DuckDbRow> tied =
        database.rows(
            "SELECT %s, t, c, count(*) OVER () AS n FROM g0 WHERE tie AND t >= %d ORDER BY ALL LIMIT 1"
                .formatted(Sql.list(rows.keyNames(), k -> k), from));
    if (!tied.isEmpty()) {
      throw tied(tied.get(0));
    }
  }

  private MlopsException tied(DuckDbRow first) {
    List<String> named = new ArrayList<>();
    List<String> same = new ArrayList<>(List.of("t = " + first.number("t")));
    List<DataColumn> keys = source.spec().indexColumns();
    for (int i = 0; i < keys.size(); i++) {
      named.add(keys.get(i).name() + "=" + first.text("k" + i));
      same.add("CAST(k%d AS VARCHAR) = %s".formatted(i, Sql.text(first.text("k" + i))));
    }
    first.at("c").ifPresent(c -> same.add("c = " + c));
    Instant at = Micros.instant(first.number("t"));
    return MlopsException.refused(
        "TiedFeatures",
        "%s: rows of %s at %s have the same right and other values (%s)%s"
            .formatted(
                source.id(),
                String.join(", ", named),
                at,
                values(String.join(" AND ", same)),
                first.number("n") == 1 ? "" : ", and %d more".formatted(first.number("n") - 1)),
        "Say in a column create_timestamp which was written last, or take the last in the file with --ties last.");
  }

  private String values(String where) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < source.spec().features().size(); i++) {
      List<String> several =
          database
              .rows(
                  "SELECT DISTINCT v%d AS v FROM f0 WHERE %s ORDER BY ALL LIMIT 5"
                      .formatted(i, where))
              .stream()
              .map(row -> row.text("v"))
              .toList();
      if (several.size() > 1) {
        values.add(source.spec().features().get(i).name() + ": " + String.join(", ", several));
      }
    }
    return String.join("; ", values);
  }

  /** Rows of the source that were read. */
  long read() {
    return read;
  }

  /** Rows that gave way to others. */
  long dropped() {
    return dropped;
  }

  /** Rows of the window whose key holds a null. */
  long keyless() {
    return keyless;
  }
}
