package mlops.features;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import mlops.features.materialize.Materialization;
import mlops.features.materialize.MaterializationReport;
import mlops.features.materialize.MaterializationRequest;
import mlops.features.materialize.OfflineTable;
import mlops.features.materialize.TimeWindow;
import mlops.features.online.OnlineStore;
import mlops.features.online.OnlineTable;
import mlops.features.spec.FeatureSetSpec;
import mlops.features.spec.SpecReader;
import mlops.features.table.DuckDb;
import mlops.features.table.SourceTable;
import mlops.features.table.TableFile;
import mlops.yaml.Mistakes;
import org.duckdb.DuckDBDriver;

/** A feature set over a CSV file, and its stores, for tests. */
public record MaterializedSet(Path folder, FeatureSetSpec spec) {
  /** Later than all events of the tests. */
  public static final Instant NOW = Instant.parse("2026-04-01T00:00:00Z");

  public static MaterializedSet of(Path folder, String spec) {
    try {
      Files.createDirectories(folder);
      Path file = Files.writeString(folder.resolve("FeatureSetSpec.yaml"), spec);
      return new MaterializedSet(folder, SpecReader.read(file, new Mistakes()).orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Replaces the rows of the source. */
  public MaterializedSet rows(String... lines) {
    try {
      Files.writeString(folder.resolve("rows.csv"), String.join("\n", lines) + "\n");
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public MaterializationReport run(String from, String to) {
    return run(from, to, Optional.empty(), NOW);
  }

  public MaterializationReport run(String from, String to, OnlineStore store) {
    return run(from, to, Optional.of(store), NOW);
  }

  public MaterializationReport run(
      String from, String to, Optional<OnlineStore> store, Instant now) {
    return Materialization.run(
        new MaterializationRequest(
            source(),
            TimeWindow.of(Instant.parse(from), Instant.parse(to)),
            folder.resolve("store"),
            true,
            store.map(s -> new MaterializationRequest.Online(s, table())),
            now,
            false));
  }

  SourceTable source() {
    return new SourceTable(
        "m1:1", spec, TableFile.of("the source of m1:1", folder.resolve("rows.csv")));
  }

  public OnlineTable table() {
    return OnlineTable.of("0d7f7f21-8ca7-51c5-b1e9-bc6ae99306a8", "m1", "1", spec);
  }

  /** The offline store, each row as its values joined by spaces; nothing but columns asked for. */
  public List<String> offline(String columns) {
    Path table = folder.resolve("store/table");
    List<String> rows = new ArrayList<>();
    try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
        Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      if (files().keySet().stream().noneMatch(f -> f.endsWith(".parquet"))) {
        return rows;
      }
      ResultSet found =
          statement.executeQuery(
              "SELECT concat_ws(' ', %s) FROM read_parquet('%s/*/*.parquet') ORDER BY ALL"
                  .formatted(columns, table));
      while (found.next()) {
        rows.add(found.getString(1));
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The files of the offline store with their bytes. */
  public Map<String, String> files() {
    Path table = folder.resolve("store/table");
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(table)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(
            table.relativize(file).toString(),
            new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The ten thousands of {@code v} in the files that the log of the offline store names. */
  List<String> logged() {
    SourceTable source = source();
    try (DuckDb database = DuckDb.start(ZoneId.of("UTC"))) {
      return new OfflineTable(database, source, folder.resolve("store/table"))
          .relation()
          .map(
              all ->
                  database
                      .rows("SELECT DISTINCT v // 10000 AS r FROM %s ORDER BY r".formatted(all))
                      .stream()
                      .map(row -> row.text("r"))
                      .toList())
          .orElse(List.of());
    }
  }
}
