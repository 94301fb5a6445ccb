package mlops.features.skew;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mlops.features.join.JoinRequest;
import mlops.features.join.JoinRequest.RequestedFeature;
import mlops.features.join.PointInTimeJoin;
import mlops.features.online.Micros;
import mlops.features.online.OnlineKey;
import mlops.features.spec.DataColumn;
import mlops.features.spec.FeatureSetSpec;
import mlops.features.table.DuckDb;
import mlops.features.table.DuckDbRow;
import mlops.features.table.FeatureRows;
import mlops.features.table.JavaValue;
import mlops.features.table.Sql;
import mlops.features.table.TableFile;
import mlops.features.table.ValueSql;
import mlops.file.OutputFile;
import org.jspecify.annotations.Nullable;

/** Sampled keys of a source and an online store, with what the join gives each at one instant. */
final class JoinedKeys {
  private static final String AT = "observed at"; // no column of a feature set is named so
  private static final int BATCH = 1000;

  private final DuckDb database;
  private final SkewRequest request;
  private final FeatureSetSpec spec;

  JoinedKeys(DuckDb database, SkewRequest request) {
    this.database = database;
    this.request = request;
    this.spec = request.source().spec();
  }

  /**
   * What the join gives a key.
   *
   * @param event of the row that it found, in microseconds; empty where it found none
   * @param tie whether another row had the same right and other values
   */
  record Joined(
      List<Object> key,
      Optional<Long> event,
      Optional<Long> created,
      boolean tie,
      List<@Nullable Object> values) {}

  List<Joined> all() {
    sample();
    Path seen = database.file("seen.parquet");
    Path joined = database.file("joined.parquet");
    database.run(
        "COPY (SELECT %s, make_timestamp(%d) AT TIME ZONE 'UTC' AS %s FROM sample) TO %s (FORMAT parquet)"
            .formatted(
                keys((k, i) -> "k%d AS %s".formatted(i, Sql.name(k.name()))),
                Micros.of(request.at()),
                Sql.name(AT),
                Sql.text(seen.toString())));
    List<RequestedFeature> features =
        spec.features().stream()
            .map(f -> new RequestedFeature(request.source(), f.name()))
            .toList();
    PointInTimeJoin.run(
        new JoinRequest(
            TableFile.of("the sampled keys", seen),
            AT,
            features,
            new JoinRequest.Options(true, false, ZoneId.of("UTC"), true),
            OutputFile.of("the joined keys", joined, start -> Optional.empty()),
            TableFile.Format.PARQUET));
    return read(joined);
  }

  /** Keys of both sides, those first that a hash says: the same ones in each run. */
  private void sample() {
    new FeatureRows(database, request.source(), "src", List.of()).load(DataColumn::type, "true");
    database.run(
        "CREATE TEMP TABLE every AS SELECT DISTINCT %s FROM src WHERE %s"
            .formatted(
                keys((k, i) -> "CAST(k%d AS %s) AS k%d".formatted(i, ValueSql.type(k.type()), i)),
                Sql.all(spec.indexColumns(), k -> "k%d IS NOT NULL".formatted(place(k)))));
    List<List<Object>> online =
        request.store().within(request.table(), Long.MIN_VALUE, Long.MAX_VALUE);
    for (int i = 0; i < online.size(); i += BATCH) {
      List<List<Object>> some = online.subList(i, Math.min(i + BATCH, online.size()));
      database.run(
          "INSERT INTO every VALUES "
              + Sql.list(
                  some,
                  key -> "(" + keys((k, n) -> JavaValue.literal(key.get(n), k.type())) + ")"));
    }
    String all = keys((k, i) -> "k" + i);
    database.run(
        "CREATE TEMP TABLE sample AS SELECT * FROM (SELECT DISTINCT * FROM every) ORDER BY hash(%s), %s LIMIT %d"
            .formatted(all, all, request.sample()));
  }

  /** What is said of a key column and its place. */
  private interface Piece {
    String of(DataColumn key, int place);
  }

  private String keys(Piece piece) {
    List<String> pieces = new ArrayList<>();
    for (int i = 0; i < spec.indexColumns().size(); i++) {
      pieces.add(piece.of(spec.indexColumns().get(i), i));
    }
    return String.join(", ", pieces);
  }

  private int place(DataColumn key) {
    return spec.indexColumns().indexOf(key);
  }

  private List<Joined> read(Path joined) {
    List<String> select = new ArrayList<>();
    for (int i = 0; i < spec.features().size(); i++) {
      DataColumn feature = spec.features().get(i);
      select.add(JavaValue.sql(Sql.name(feature.name()), feature.type()) + " AS v" + i);
    }
    List<Joined> rows = new ArrayList<>();
    database.each(
        "SELECT %s, %s, event0, created0, tie0 FROM read_parquet(%s)"
            .formatted(
                keys((k, i) -> JavaValue.sql(Sql.name(k.name()), k.type()) + " AS k" + i),
                String.join(", ", select),
                Sql.text(joined.toString())),
        row -> rows.add(joined(row)));
    return rows;
  }

  private Joined joined(DuckDbRow row) {
    List<Object> key = new ArrayList<>();
    for (int i = 0; i < spec.indexColumns().size(); i++) {
      Object value = row.at("k" + i).orElseThrow();
      key.add(OnlineKey.alike(JavaValue.of(value, spec.indexColumns().get(i).type())));
    }
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < spec.features().size(); i++) {
      DataColumn feature = spec.features().get(i);
      values.add(row.at("v" + i).map(v -> JavaValue.of(v, feature.type())).orElse(null));
    }
    return new Joined(
        key,
        row.at("event0").map(v -> (Long) v),
        row.at("created0").map(v -> (Long) v),
        row.isTrue("tie0"),
        values);
  }
}
