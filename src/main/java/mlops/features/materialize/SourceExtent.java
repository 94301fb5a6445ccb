package mlops.features.materialize;

import java.time.Instant;
import mlops.features.online.Micros;
import mlops.features.spec.FeatureSetSpec;
import mlops.features.table.DuckDb;
import mlops.features.table.DuckDbRow;
import mlops.features.table.SourceColumns;
import mlops.features.table.SourceTable;
import mlops.features.table.ValueSql;

/**
 * From when to when a source has rows.
 *
 * @param rows how many
 * @param first when the first happened; the epoch where there is none
 * @param last when the last happened
 */
public record SourceExtent(long rows, Instant first, Instant last) {

  static SourceExtent of(DuckDb database, SourceTable source) {
    FeatureSetSpec spec = source.spec();
    String time =
        ValueSql.instant(new SourceColumns(source, database).time(), spec.source().format());
    DuckDbRow row =
        database.row(
            "SELECT count(t) AS n, min(t) AS a, max(t) AS b FROM (SELECT %s AS t FROM %s)"
                .formatted(time, source.file().relation()));
    return new SourceExtent(
        row.number("n"), Micros.instant(row.number("a")), Micros.instant(row.number("b")));
  }

  @Override
  public String toString() {
    return rows == 0
        ? "the source is empty"
        : "those of the source are from %s to %s".formatted(first, last);
  }
}
