package mlops.features.join;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mlops.features.spec.ColumnType;
import mlops.features.table.DuckDb;
import mlops.features.table.DuckDbRow;
import mlops.features.table.FileColumn;
import mlops.features.table.Sql;
import mlops.features.table.TableFile;

/** Writes the result of a join. */
final class JoinOutput {
  private static final String WHOLE = "'-?(0|[1-9][0-9]{0,17})'";
  private static final String NUMBER =
      "'[+-]?(0|[1-9][0-9]*)?(\\.[0-9]+)?([eE][+-]?[0-9]+)?|[Nn]a[Nn]|[+-]?inf'";

  private final DuckDb database;
  private final JoinRequest request;
  private final Observations observations;
  private final boolean csv;

  JoinOutput(DuckDb database, JoinRequest request, Observations observations) {
    this.database = database;
    this.request = request;
    this.observations = observations;
    this.csv = request.format() == TableFile.Format.CSV;
  }

  void write() {
    List<String> select = new ArrayList<>();
    for (FileColumn column : observations.columns()) {
      select.add("%s AS %s".formatted(value(column), Sql.name(column.name())));
    }
    int number = 0;
    for (JoinRequest.RequestedFeature feature : request.features()) {
      ColumnType type = feature.source().spec().feature(feature.name()).orElseThrow().type();
      String value = "y" + number++;
      boolean instant = csv && type == ColumnType.DATETIME;
      select.add("%s AS %s".formatted(instant ? iso(value, "Z") : value, Sql.name(feature.name())));
    }
    if (request.options().withTimes()) {
      for (int i = 0; i < request.sources().size(); i++) {
        select.add("t%1$d AS event%1$d, c%1$d AS created%1$d, tie%1$d AS tie%1$d".formatted(i));
      }
    }
    Path file = database.file("out." + request.format().word());
    database.run(
        "COPY (SELECT %s FROM r) TO %s (FORMAT %s%s)"
            .formatted(
                String.join(", ", select),
                Sql.text(file.toString()),
                request.format().word(),
                csv ? ", HEADER" : ""));
    request.out().write(out -> Files.copy(file, out));
  }

  /** A column of the observations: as it is, or of CSV in Parquet as what its texts say. */
  private String value(FileColumn column) {
    String place = observations.place(column);
    if (csv && column.isTime()) {
      return column.type().equals("TIMESTAMP_NS")
          ? place
          : iso(place, column.isInstant() ? "Z" : "");
    }
    boolean guess = !csv && request.observations().format() == TableFile.Format.CSV;
    if (guess && column.name().equals(request.timestampColumn())) {
      return "make_timestamp(instant) AT TIME ZONE 'UTC'";
    }
    return guess && !isTextKey(column) ? number(place) : place;
  }

  private boolean isTextKey(FileColumn column) {
    return request.sources().stream()
        .flatMap(s -> s.spec().indexColumns().stream())
        .anyMatch(k -> k.name().equals(column.name()) && k.type() == ColumnType.STRING);
  }

  /** A column of texts as numbers, where each is one and would be written the same. */
  private String number(String place) {
    DuckDbRow found =
        database.row(
            "SELECT bool_and(regexp_full_match(%1$s, %2$s)) AS whole, bool_and(%1$s <> '' AND regexp_full_match(%1$s, %3$s)) AS number FROM r"
                .formatted(place, WHOLE, NUMBER));
    if (found.isTrue("whole")) {
      return "CAST(%s AS BIGINT)".formatted(place);
    }
    return found.isTrue("number") ? "CAST(%s AS DOUBLE)".formatted(place) : place;
  }

  /** A time with no more digits than it has. */
  private static String iso(String value, String zone) {
    String digits = "'%Y-%m-%dT%H:%M:%S.%f'";
    return "regexp_replace(strftime(make_timestamp(epoch_us(%s)), %s), '\\.?0+$', '') || '%s'"
        .formatted(value, digits, zone);
  }
}
