import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import mlops.features.join.JoinReport;
import mlops.features.join.JoinRequest;
import mlops.features.join.PointInTimeJoin;
import mlops.features.spec.FeatureSetSpec;
import mlops.features.spec.SpecReader;
import mlops.features.table.SourceTable;
import mlops.features.table.TableFile;
import mlops.file.OutputFile;
import mlops.yaml.Mistakes;
import org.duckdb.DuckDBDriver;

/**
 * The point-in-time join, Parquet to Parquet, beside DuckDB that is asked directly: for the ASOF
 * join alone, and for that of unique rows within the lookback, which is what ours promises; ours
 * looks for ties, late rows and traps too. 10,000 text keys, 30 days, milliseconds.
 *
 * <p>Arguments: rows of features (2,000,000), observations (500,000), runs (3).
 */
public final class FeaturesBench {
  private static final String SPEC =
      """
      source: {type: parquet, path: features.parquet, timestamp_column: {name: event_time}}
      features: [{name: v, type: double}]
      index_columns: [{name: zone, type: string}]
      temporal_join_lookback: {days: 1}
      """;
  private static final String MATCH =
      "CASE WHEN f.event_time >= o.event_time - INTERVAL 24 HOURS THEN f.v END AS v";

  private final Path folder;
  private final Statement duckdb;

  private FeaturesBench(Path folder, Statement duckdb) {
    this.folder = folder;
    this.duckdb = duckdb;
  }

  /** Work that is timed. */
  private interface Work {
    void run() throws IOException, SQLException;
  }

  public static void main(String[] args) throws Exception {
    long rows = args.length > 0 ? Long.parseLong(args[0]) : 2_000_000;
    long observations = args.length > 1 ? Long.parseLong(args[1]) : 500_000;
    int runs = args.length > 2 ? Integer.parseInt(args[2]) : 3;
    try (Scratch scratch = Scratch.make("features-bench");
        Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
        Statement statement = connection.createStatement()) {
      new FeaturesBench(scratch.folder(), statement).all(rows, observations, runs);
    }
  }

  private void all(long rows, long observations, int runs) throws Exception {
    duckdb.execute("SET TimeZone = 'UTC'");
    table("features", rows, ", random() AS v");
    table("observations", observations, "");
    System.out.printf(
        Locale.ROOT,
        "%,d rows of features, %,d observations, seconds of each run%n",
        rows,
        observations);
    row("DuckDB, ASOF join alone", runs, () -> direct("read_parquet('%s')"));
    double direct = row("DuckDB, unique rows within the lookback", runs, () -> direct(unique()));
    double ours = row("mlops features train-data, without its start", runs, this::ours);
    System.out.printf(
        Locale.ROOT, "%-48s %6.2f times DuckDB asked for the same%n", "", ours / direct);
  }

  private void table(String name, long rows, String more) throws SQLException {
    duckdb.execute("SELECT setseed(0.5)");
    duckdb.execute(
        "COPY (SELECT 'Z' || CAST(floor(random() * 10000) AS INTEGER) AS zone, TIMESTAMPTZ '2026-03-01 00:00:00Z' + to_milliseconds(CAST(floor(random() * 2592000000) AS BIGINT)) AS event_time%s FROM range(%d)) TO '%s' (FORMAT parquet)"
            .formatted(more, rows, folder.resolve(name + ".parquet")));
  }

  private double row(String name, int runs, Work work) throws Exception {
    double best = Double.MAX_VALUE;
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < runs; i++) {
      long start = System.nanoTime();
      work.run();
      double seconds = (System.nanoTime() - start) / 1e9;
      best = Math.min(best, seconds);
      all.append(String.format(Locale.ROOT, "%7.2f", seconds));
    }
    System.out.printf("%-48s%s%n", name, all);
    return best;
  }

  private static String unique() {
    return "(SELECT zone, event_time, arg_max(v, v) AS v FROM read_parquet('%s') GROUP BY zone, event_time)";
  }

  private void direct(String features) throws SQLException {
    String from = features.formatted(folder.resolve("features.parquet"));
    duckdb.execute(
        "COPY (SELECT o.*, %s FROM read_parquet('%s', file_row_number=true) o ASOF LEFT JOIN %s f ON o.zone = f.zone AND o.event_time >= f.event_time ORDER BY file_row_number) TO '%s' (FORMAT parquet)"
            .formatted(
                MATCH,
                folder.resolve("observations.parquet"),
                from,
                folder.resolve("direct.parquet")));
  }

  private void ours() throws IOException, SQLException {
    Path file = Files.writeString(folder.resolve("FeatureSetSpec.yaml"), SPEC);
    FeatureSetSpec spec = SpecReader.read(file, new Mistakes()).orElseThrow();
    SourceTable source =
        new SourceTable(
            "bench:1", spec, TableFile.of("source", folder.resolve("features.parquet")));
    JoinReport report =
        PointInTimeJoin.run(
            new JoinRequest(
                TableFile.of("--observations", folder.resolve("observations.parquet")),
                "event_time",
                List.of(new JoinRequest.RequestedFeature(source, "v")),
                new JoinRequest.Options(true, false, ZoneId.of("UTC")),
                OutputFile.of("--out", folder.resolve("ours.parquet"), start -> Optional.empty()),
                TableFile.Format.PARQUET));
    check(report);
  }

  /** Figures of a wrong answer are none. */
  private void check(JoinReport report) throws SQLException {
    try (ResultSet count =
        duckdb.executeQuery(
            "SELECT count(v) FROM read_parquet('%s')"
                .formatted(folder.resolve("direct.parquet")))) {
      count.next();
      if (count.getLong(1) != report.sets().get(0).matched()) {
        throw new IllegalStateException(count.getLong(1) + " matches, and ours has " + report);
      }
    }
  }
}
