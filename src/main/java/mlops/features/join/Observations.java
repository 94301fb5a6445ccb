package mlops.features.join;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mlops.error.MlopsException;
import mlops.features.spec.DataColumn;
import mlops.features.table.DuckDb;
import mlops.features.table.DuckDbRow;
import mlops.features.table.FileColumn;
import mlops.features.table.SourceTable;
import mlops.features.table.Sql;
import mlops.features.table.ValueSql;
import mlops.yaml.SpellingSuggestion;

/**
 * The observations as a table {@code o}: {@code x0…} their columns as they are, {@code instant}
 * when each was made, and for each feature set {@code k0_0…} its keys.
 */
final class Observations {
  private final DuckDb database;
  private final JoinRequest request;
  private final List<FileColumn> columns;

  Observations(DuckDb database, JoinRequest request) {
    this.database = database;
    this.request = request;
    this.columns = request.observations().columns(database);
  }

  List<FileColumn> columns() {
    return columns;
  }

  boolean has(String name) {
    return columns.stream().anyMatch(c -> c.name().equals(name));
  }

  /** The same whatever its letters: many readers of the result tell no capitals. */
  boolean hasLike(String name) {
    return columns.stream().anyMatch(c -> c.name().equalsIgnoreCase(name));
  }

  FileColumn require(String name, String role) {
    List<String> names = columns.stream().map(FileColumn::name).toList();
    return columns.stream()
        .filter(c -> c.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                MlopsException.invalid(
                    "The observations %s have no column %s, %s"
                        .formatted(request.observations().path(), name, role),
                    SpellingSuggestion.wayOut(
                        name, names, "They have: %s.".formatted(String.join(", ", names)))));
  }

  /** The column that holds a key. */
  FileColumn key(DataColumn column, SourceTable source) {
    return require(column.name(), "which is a key of " + source.id());
  }

  FileColumn time() {
    FileColumn time = require(request.timestampColumn(), "which says when each was made");
    if (!time.isText() && !time.isTime() && !time.isDate()) {
      throw MlopsException.invalid(
          "%s of the observations is %s, and no time".formatted(time.name(), time.type()),
          "Write times, such as 2026-03-04T10:00:00Z, or name another column.");
    }
    return time;
  }

  /** Reads the file. */
  void load() {
    FileColumn time = time();
    List<String> select = new ArrayList<>();
    int number = 0;
    for (FileColumn column : columns) {
      select.add("%s AS x%d".formatted(Sql.name(column.name()), number++));
    }
    select.add(ValueSql.instant(time, Optional.empty()) + " AS instant");
    for (SourceTable source : request.sources()) {
      int key = 0;
      for (DataColumn column : source.spec().indexColumns()) {
        FileColumn own = key(column, source);
        String value = ValueSql.key(own, ValueSql.keyType(column.type(), own));
        select.add("%s AS k%d_%d".formatted(value, request.number(source), key++));
      }
    }
    String from = request.observations().relation();
    database.run(
        "CREATE TEMP TABLE o AS SELECT %s FROM %s".formatted(String.join(", ", select), from));
    checkTimes(time);
  }

  /** The place of a column among all. */
  String place(FileColumn column) {
    return "x" + columns.indexOf(column);
  }

  private void checkTimes(FileColumn time) {
    String text = place(time);
    if (time.isText()) {
      DuckDbRow wrong =
          database.row(
              "SELECT min(rowid) + 1 AS row, arg_min(%1$s, rowid) AS text FROM o WHERE %1$s <> '' AND instant IS NULL"
                  .formatted(text));
      if (wrong.at("row").isPresent()) {
        throw MlopsException.invalid(
            "%s of observation %s is \"%s\", and no time"
                .formatted(time.name(), wrong.text("row"), wrong.text("text")),
            "Write it like 2026-03-04T10:00:00Z, or leave it empty.");
      }
    }
    ZoneId zone = request.options().zone();
    if (!time.isInstant() && !zone.getRules().isFixedOffset()) {
      checkClock(time, text, zone);
    }
  }

  /** A time of the clock that there is twice on its day, or not at all, is no instant. */
  private void checkClock(FileColumn time, String text, ZoneId zone) {
    String plain = time.isText() ? "NOT " + ValueSql.saysOffset(text) : "true";
    List<DuckDbRow> found =
        database.rows(
            """
            SELECT row, text, twice FROM (
                SELECT rowid + 1 AS row, CAST(%1$s AS VARCHAR) AS text, TRY_CAST(%1$s AS TIMESTAMP) AS clock
                FROM o WHERE %2$s) plain
              JOIN (VALUES %3$s) changes(begins, ends, twice)
                ON clock >= CAST(begins AS TIMESTAMP) AND clock < CAST(ends AS TIMESTAMP)
            ORDER BY row LIMIT 1
            """
                .formatted(text, plain, ClockChanges.values(zone)));
    if (!found.isEmpty()) {
      DuckDbRow first = found.get(0);
      boolean twice = first.isTrue("twice");
      throw MlopsException.invalid(
          "%s of observation %s is %s, which there is %s in %s"
              .formatted(
                  time.name(),
                  first.text("row"),
                  first.text("text"),
                  twice ? "twice" : "never",
                  zone),
          "Write it with its offset from UTC, such as 2026-10-25T02:50:00+01:00.");
    }
  }
}
