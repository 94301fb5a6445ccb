package mlops.features.join;

import java.util.List;
import mlops.features.spec.FeatureSetSpec;
import mlops.features.table.DuckDb;
import mlops.features.table.FeatureRows;
import mlops.features.table.Sql;

/**
 * The rows of one feature set from which a join picks the newest: of each key one for each instant
 * {@code valid}, from which on it counts, with {@code tie} where another had the same right.
 */
public final class ValidRows {
  private final DuckDb database;
  private final FeatureRows rows;
  private final FeatureSetSpec spec;
  private final boolean asKnown;
  private final String keys;

  /**
   * Of rows that are read.
   *
   * @param asKnown whether a row counts only from when it was written
   */
  public ValidRows(DuckDb database, FeatureRows rows, FeatureSetSpec spec, boolean asKnown) {
    this.database = database;
    this.rows = rows;
    this.spec = spec;
    this.asKnown = asKnown;
    this.keys = Sql.list(rows.keyNames(), k -> k);
  }

  /** How much later than it happened a value counts, in microseconds. */
  private long delay() {
    return spec.isEqualTimeJoin() ? 0 : spec.source().delay().toNanos() / 1000;
  }

  /** What an observation must reach for a row to count. */
  String reach(String at) {
    return asKnown ? at : "%s - %d".formatted(at, delay());
  }

  /** Whether the row that was picked is new enough. */
  String newEnough(String t, String at) {
    return spec.joinLookback()
        .map(l -> "%s >= %s - %d".formatted(t, at, l.toNanos() / 1000))
        .orElse(t + " IS NOT NULL");
  }

  /** Makes {@code g…}; how many rows it dropped for others of the same key and time. */
  public long prepare(String into) {
    String same = asKnown ? keys + ", t, c" : keys + ", t";
    long dropped = isUnique(same) ? 0 : duplicates(into, same);
    String unique =
        dropped == 0
            ? "SELECT *, false AS tie, rowid AS ord FROM " + rows.table()
            : unique(into, same);
    if (asKnown) {
      database.run("CREATE TEMP TABLE u_%s AS %s".formatted(into, unique));
      database.run("CREATE TEMP TABLE %s AS %s".formatted(into, known(into)));
      database.run("DROP TABLE u_" + into);
    } else if (dropped == 0) {
      String all = "CREATE TEMP VIEW %s AS SELECT *, t AS valid FROM %s";
      database.run(all.formatted(into, rows.table())); // a join of fewer columns is quicker
    } else {
      database.run(
          "CREATE TEMP TABLE %s AS SELECT *, t AS valid FROM (%s)".formatted(into, unique));
    }
    return dropped;
  }

  /** Most sources are, and to count hashes is quicker than to group rows. */
  private boolean isUnique(String same) {
    return database.number(
            "SELECT count(*) - count(DISTINCT hash(%s)) FROM %s".formatted(same, rows.table()))
        == 0;
  }

  private long duplicates(String into, String same) {
    String whole = Sql.all(List.of(keys.split(", ")), k -> k + " IS NOT NULL");
    database.run(
        "CREATE TEMP TABLE d_%s AS SELECT %s, count(*) AS n FROM %s WHERE t IS NOT NULL AND %s GROUP BY ALL HAVING count(*) > 1"
            .formatted(into, same, rows.table(), whole));
    return database.number("SELECT sum(n) - count(*) FROM d_" + into);
  }

  /** Of the rows of one key and time the one written last, and of those the last in the file. */
  private String unique(String into, String same) {
    String matches =
        Sql.all(List.of(same.split(", ")), c -> "d.%1$s IS NOT DISTINCT FROM f.%1$s".formatted(c));
    String values = Sql.list(rows.valueNames(), v -> "'%1$s': %1$s".formatted(v));
    return """
        WITH several AS (
            SELECT f.*, f.rowid AS ord, max(f.c) OVER (PARTITION BY %5$s) AS newest
            FROM %1$s f SEMI JOIN d_%2$s d ON %3$s),
          best AS (
            SELECT %6$s, t, max(c) AS c, arg_max({%4$s}, ord) AS s, max(ord) AS ord,
                count(DISTINCT {%4$s}) > 1 AS tie
            FROM several WHERE c IS NOT DISTINCT FROM newest GROUP BY %5$s)
        SELECT %6$s, t, c, %7$s, tie, ord FROM best
        UNION ALL
        SELECT f.*, false AS tie, f.rowid AS ord FROM %1$s f ANTI JOIN d_%2$s d ON %3$s
        """
        .formatted(
            rows.table(),
            into,
            matches,
            values,
            Sql.list(List.of(same.split(", ")), c -> c),
            keys,
            Sql.list(rows.valueNames(), v -> "s.%1$s AS %1$s".formatted(v)));
  }

  /**
   * From each instant on at which a row becomes known, the newest of all that are known by then.
   * One without {@code create_timestamp} is known as soon as it can be had.
   */
  private String known(String into) {
    String fields =
        Sql.list(
            List.of(("t, c, tie, " + Sql.list(rows.valueNames(), v -> v)).split(", ")),
            f -> "'%1$s': %1$s".formatted(f));
    return """
        SELECT %1$s, valid, s.t AS t, s.c AS c, s.tie AS tie, %2$s FROM (
          SELECT %1$s, valid, arg_max({%3$s}, {'t': t, 'c': coalesce(c, -9223372036854775808), 'ord': ord})
              OVER (PARTITION BY %1$s ORDER BY valid RANGE UNBOUNDED PRECEDING) AS s
          FROM (SELECT *, greatest(t + %4$d, coalesce(c, t + %4$d)) AS valid FROM u_%5$s))
        """
        .formatted(
            keys,
            Sql.list(rows.valueNames(), v -> "s.%1$s AS %1$s".formatted(v)),
            fields,
            delay(),
            into);
  }
}
