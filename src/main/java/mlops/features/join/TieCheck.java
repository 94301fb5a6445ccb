package mlops.features.join;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import mlops.error.MlopsException;
import mlops.features.table.DuckDb;
import mlops.features.table.DuckDbRow;
import mlops.features.table.Sql;

/** Ends a join where two rows have the same right to be the newest, and say something else. */
final class TieCheck {

  /** Looks among the rows that were picked. */
  static void check(DuckDb database, JoinedSet set) {
    int n = set.number();
    String keys = Sql.list(set.rows().keyNames(), k -> "k%d_%s".formatted(n, k.substring(1)));
    long met =
        database.number(
            "SELECT count(*) FROM (SELECT DISTINCT %s, t%d FROM r WHERE tie%d)"
                .formatted(keys, n, n));
    if (met > 0) {
      DuckDbRow first =
          database.row("SELECT %s, t%d, c%d FROM r WHERE tie%d LIMIT 1".formatted(keys, n, n, n));
      throw tied(database, set, first, met);
    }
  }

  private static MlopsException tied(DuckDb database, JoinedSet set, DuckDbRow first, long met) {
    int n = set.number();
    List<String> named = new ArrayList<>();
    List<String> same = new ArrayList<>();
    for (int i = 0; i < set.keyColumns().size(); i++) {
      String value = first.text("k%d_%d".formatted(n, i));
      named.add(set.keyColumns().get(i) + "=" + value);
      same.add("CAST(k%d AS VARCHAR) = %s".formatted(i, Sql.text(value)));
    }
    long time = first.number("t" + n);
    same.add("t = " + time);
    first.at("c" + n).ifPresent(c -> same.add("c = " + c));
    return MlopsException.refused(
        "TiedFeatures",
        "%s: rows of %s at %s have the same right and other values (%s)%s"
            .formatted(
                set.source().id(),
                String.join(", ", named),
                Instant.EPOCH.plus(time, ChronoUnit.MICROS),
                values(database, set, String.join(" AND ", same)),
                met == 1 ? "" : ", and %d more".formatted(met - 1)),
        "Say in a column create_timestamp which was written last, or take the last in the file with --ties last.");
  }

  private static String values(DuckDb database, JoinedSet set, String where) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < set.features().size(); i++) {
      List<String> values =
          database
              .rows(
                  "SELECT DISTINCT v%d AS v FROM %s WHERE %s ORDER BY ALL LIMIT 5"
                      .formatted(i, set.rows().table(), where))
              .stream()
              .map(row -> row.text("v"))
              .toList();
      if (values.size() > 1) {
        all.add(set.features().get(i) + ": " + String.join(", ", values));
      }
    }
    return String.join("; ", all);
  }

  private TieCheck() {}
}
