import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import mlops.features.materialize.Materialization;
import mlops.features.materialize.MaterializationReport;
import mlops.features.materialize.MaterializationRequest;
import mlops.features.materialize.TimeWindow;
import mlops.features.spec.FeatureSetSpec;
import mlops.features.spec.SpecReader;
import mlops.features.table.SourceTable;
import mlops.features.table.TableFile;
import mlops.yaml.Mistakes;
import org.duckdb.DuckDBDriver;

/**
 * A month of 10,000 keys with windows of a day, into an offline store: how long, and how much
 * memory at most, which DuckDB keeps below half of the machine's by writing what is over to its
 * folder.
 *
 * <p>Argument: rows (20,000,000).
 */
public final class MaterializeBench {
  private static final String SPEC =
      """
      source: {type: parquet, path: rows.parquet, timestamp_column: {name: event_time}}
      feature_transformation:
        transformation_expressions:
          - {feature_name: n, aggregation: count, window: {hours: 24}}
          - {feature_name: mean, source_column: fare, aggregation: avg, window: {hours: 24}}
      features: [{name: n, type: long}, {name: mean, type: double}]
      index_columns: [{name: zone, type: string}]
      source_lookback: {hours: 24}
      """;

  public static void main(String[] args) throws Exception {
    long rows = args.length > 0 ? Long.parseLong(args[0]) : 20_000_000;
    try (Scratch scratch = Scratch.make("materialize-bench")) {
      Path source = scratch.resolve("rows.parquet");
      try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
          Statement duckdb = connection.createStatement()) {
        duckdb.execute("SET memory_limit = '1GB'");
        duckdb.execute("SET preserve_insertion_order = false");
        duckdb.execute(
            "COPY (SELECT 'Z' || (range %% 10000) AS zone, make_timestamp(1772323200000000 + range * (2592000000000 // %d)) AS event_time, random() AS fare FROM range(%d)) TO '%s' (FORMAT parquet)"
                .formatted(rows, rows, source));
      }
      System.out.printf(Locale.ROOT, "%,d rows made, %s%n", rows, memory());
      FeatureSetSpec spec =
          SpecReader.read(
                  Files.writeString(scratch.resolve("FeatureSetSpec.yaml"), SPEC), new Mistakes())
              .orElseThrow();
      long start = System.nanoTime();
      MaterializationReport report =
          Materialization.run(
              new MaterializationRequest(
                  new SourceTable("bench:1", spec, TableFile.of("source", source)),
                  TimeWindow.of(
                      Instant.parse("2026-03-01T00:00:00Z"), Instant.parse("2026-04-01T00:00:00Z")),
                  scratch.resolve("store"),
                  true,
                  Optional.empty(),
                  Instant.parse("2026-05-01T00:00:00Z"),
                  false));
      System.out.printf(
          Locale.ROOT,
          "%,d rows in %d days materialized in %.1f s, %s%n",
          report.offlineRows(),
          report.changed().size(),
          (System.nanoTime() - start) / 1e9,
          memory());
    }
  }

  /** The most that the process ever had, where the system tells. */
  private static String memory() throws Exception {
    Path status = Path.of("/proc/self/status");
    return Files.exists(status)
        ? Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("VmHWM"))
            .findFirst()
            .orElse("")
        : "memory is not told here";
  }
}
