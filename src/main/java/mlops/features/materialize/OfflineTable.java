package mlops.features.materialize;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import mlops.error.MlopsException;
import mlops.features.materialize.DeltaLog.DeltaFile;
import mlops.features.spec.DataColumn;
import mlops.features.table.DuckDb;
import mlops.features.table.SourceColumns;
import mlops.features.table.SourceTable;
import mlops.features.table.Sql;
import mlops.file.Hashes;

/**
 * The offline store of a feature set: a Delta table with one Parquet file a day, named by its
 * content. Columns: keys, the time of the event, features, {@code create_timestamp} (null where the
 * source has none), and the day as {@code partition}, as Azure's has them; not its columns of when
 * a row was stored, which would make equal rows differ.
 */
public final class OfflineTable {
  private static final String DAY = "partition";

  private final DuckDb database;
  private final SourceTable source;
  private final Path table;

  /** That of a feature set, in a folder which need not be there. */
  public OfflineTable(DuckDb database, SourceTable source, Path table) {
    this.database = database;
    this.source = source;
    this.table = table;
  }

  /** Puts the rows of {@code m} in the place of all rows of a window; which days are different. */
  List<String> replace(TimeWindow window, long from, long to, Instant now) {
    DeltaLog log = DeltaLog.of(table);
    requireSchema(log);
    log.tidy(table);
    Set<String> days = days();
    String first = day(window.start());
    String last = day(window.end().minusNanos(1000));
    log.partitions().keySet().stream()
        .filter(d -> d.compareTo(first) >= 0 && d.compareTo(last) <= 0)
        .forEach(days::add);
    List<DeltaFile> added = new ArrayList<>();
    List<DeltaFile> removed = new ArrayList<>();
    for (String day : days) {
      Optional<DeltaFile> before = Optional.ofNullable(log.partitions().get(day));
      boolean whole = day.compareTo(first) > 0 && day.compareTo(last) < 0;
      Optional<DeltaFile> after = write(day, before.filter(b -> !whole), from, to);
      if (!after.equals(before)) {
        before.ifPresent(removed::add);
        after.ifPresent(added::add);
      }
    }
    if (log.schema().isEmpty() || !added.isEmpty() || !removed.isEmpty()) {
      String id = UUID.nameUUIDFromBytes(source.id().getBytes(StandardCharsets.UTF_8)).toString();
      log.commit(schema(), added, removed, id, now);
      DeltaLog.of(table).tidy(table);
    }
    TreeSet<String> changed = new TreeSet<>();
    added.forEach(f -> changed.add(f.partition()));
    removed.forEach(f -> changed.add(f.partition()));
    return List.copyOf(changed);
  }

  private void requireSchema(DeltaLog log) {
    if (log.schema().filter(s -> !s.equals(schema())).isPresent()) {
      throw MlopsException.refused(
          "DefinitionChanged",
          "%s is materialized with other columns or types than %s has now"
              .formatted(source.id(), source.spec().file()),
          "Give the feature set a new version; a version stays what it was.");
    }
  }

  private static String day(Instant instant) {
    return instant.toString().substring(0, 10);
  }

  private Set<String> days() {
    Set<String> days = new TreeSet<>();
    database
        .rows("SELECT DISTINCT strftime(make_timestamp(t), '%Y-%m-%d') AS day FROM m")
        .forEach(row -> days.add(row.text("day")));
    return days;
  }

  /** The file of a day; empty where it has no rows. */
  private Optional<DeltaFile> write(String day, Optional<DeltaFile> kept, long from, long to) {
    long start = micros(day);
    String rows =
        "SELECT %s FROM m WHERE t >= %d AND t < %d"
            .formatted(columns(), start, start + 86_400_000_000L);
    String time = Sql.name(source.spec().source().timestampColumn());
    String old =
        kept.map(
                file ->
                    " UNION ALL SELECT * FROM %s WHERE epoch_us(%s) < %d OR epoch_us(%s) >= %d"
                        .formatted(parquet(List.of(file)), time, from, time, to))
            .orElse("");
    Path fresh = table.resolve("_new.parquet");
    try {
      Files.createDirectories(table);
      database.run(
          "CREATE OR REPLACE TEMP TABLE day AS SELECT * FROM (%s%s) ORDER BY %s"
              .formatted(rows, old, order()));
      database.run("COPY day TO %s (FORMAT parquet)".formatted(Sql.text(fresh.toString())));
      long count =
          database.number(
              "SELECT num_rows FROM parquet_file_metadata(%s)"
                  .formatted(Sql.text(fresh.toString())));
      return count == 0 ? none(fresh) : Optional.of(keep(fresh, day, count));
    } catch (IOException e) {
      throw new UncheckedIOException("the offline store cannot be written: " + table, e);
    }
  }

  private static Optional<DeltaFile> none(Path fresh) throws IOException {
    Files.delete(fresh);
    return Optional.empty();
  }

  private DeltaFile keep(Path fresh, String day, long rows) throws IOException {
    String name =
        "%s=%s/part-%s.parquet".formatted(DAY, day, Hashes.sha256(fresh).substring(0, 32));
    Path place = table.resolve(name);
    Files.createDirectories(place.resolveSibling(""));
    Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return new DeltaFile(name, day, Files.size(place), rows);
  }

  private static long micros(String day) {
    return Instant.parse(day + "T00:00:00Z").getEpochSecond() * 1_000_000;
  }

  private String columns() {
    List<String> select = new ArrayList<>();
    int number = 0;
    for (DataColumn key : source.spec().indexColumns()) {
      String cast = "CAST(k%d AS %s) AS %s";
      select.add(cast.formatted(number++, Types.duckdb(key.type()), Sql.name(key.name())));
    }
    String instant = "make_timestamp(%s) AT TIME ZONE 'UTC' AS %s";
    select.add(instant.formatted("t", Sql.name(source.spec().source().timestampColumn())));
    number = 0;
    for (DataColumn feature : source.spec().features()) {
      select.add("v%d AS %s".formatted(number++, Sql.name(feature.name())));
    }
    select.add(instant.formatted("c", Sql.name(SourceColumns.CREATED)));
    return String.join(", ", select);
  }

  private String order() {
    return Sql.list(source.spec().indexColumns(), k -> Sql.name(k.name()))
        + ", "
        + Sql.name(source.spec().source().timestampColumn());
  }

  private String parquet(List<DeltaFile> files) {
    return "read_parquet([%s], hive_partitioning=false)"
        .formatted(Sql.list(files, f -> Sql.text(table.resolve(f.path()).toString())));
  }

  /** What stands behind FROM to read all rows; empty where there are none. */
  public Optional<String> relation() {
    List<DeltaFile> files = List.copyOf(DeltaLog.of(table).partitions().values());
    return files.isEmpty() ? Optional.empty() : Optional.of(parquet(files));
  }

  /** How many rows of a window there are. */
  long count(long from, long to) {
    String time = Sql.name(source.spec().source().timestampColumn());
    return relation()
        .map(
            all ->
                database.number(
                    "SELECT count(*) FROM %s WHERE epoch_us(%s) >= %d AND epoch_us(%s) < %d"
                        .formatted(all, time, from, time, to)))
        .orElse(0L);
  }

  private String schema() {
    ObjectMapper json = new ObjectMapper();
    ObjectNode schema = json.createObjectNode().put("type", "struct");
    ArrayNode fields = schema.putArray("fields");
    source.spec().indexColumns().forEach(k -> field(fields, k.name(), Types.delta(k.type())));
    field(fields, source.spec().source().timestampColumn(), "timestamp");
    source.spec().features().forEach(f -> field(fields, f.name(), Types.delta(f.type())));
    field(fields, SourceColumns.CREATED, "timestamp");
    field(fields, DAY, "string");
    return schema.toString();
  }

  private static void field(ArrayNode fields, String name, String type) {
    fields
        .addObject()
        .put("name", name)
        .put("type", type)
        .put("nullable", true)
        .putObject("metadata");
  }
}
