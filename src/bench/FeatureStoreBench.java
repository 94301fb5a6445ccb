import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import mlops.features.materialize.Materialization;
import mlops.features.materialize.MaterializationReport;
import mlops.features.materialize.MaterializationRequest;
import mlops.features.materialize.TimeWindow;
import mlops.features.online.OnlineStore;
import mlops.features.online.OnlineTable;
import mlops.features.online.RedisStore;
import mlops.features.online.SqliteStore;
import mlops.features.skew.SkewCheck;
import mlops.features.skew.SkewReport;
import mlops.features.skew.SkewRequest;
import mlops.features.spec.FeatureSetSpec;
import mlops.features.spec.SpecReader;
import mlops.features.table.SourceTable;
import mlops.features.table.TableFile;
import mlops.yaml.Mistakes;
import org.duckdb.DuckDBDriver;

/**
 * 10,000 keys with 4 features: materialized, compared by {@code check-skew}, and looked up from
 * {@code features serve} (a process of its own) over a kept connection on loopback; the store in a
 * file and, where redis-server is installed, a Redis; and {@code feast serve} beside them, where
 * the first argument names the folder {@code bin} of a Python environment that has Feast.
 */
public final class FeatureStoreBench {
  private static final int KEYS = 10_000;
  private static final String STORE = "00000000-0000-0000-0000-000000000001";
  private static final String SPEC =
      """
      source: {type: parquet, path: ../rows.parquet, timestamp_column: {name: event_time}}
      features: [{name: a, type: double}, {name: b, type: double}, {name: c, type: long}, {name: d, type: string}]
      index_columns: [{name: zone, type: string}]
      schema_version: 1
      """;

  private final Path folder;

  private FeatureStoreBench(Path folder) {
    this.folder = folder;
  }

  public static void main(String[] args) throws Exception {
    try (Scratch scratch = Scratch.make("feature-store-bench")) {
      FeatureStoreBench bench = new FeatureStoreBench(scratch.folder());
      bench.define();
      try (OnlineStore file = SqliteStore.open(bench.folder.resolve("store/online.db"))) {
        bench.engine("file", file);
      }
      Optional<Process> redis = bench.redis();
      if (args.length > 0) {
        new FeastBench(bench.folder, Path.of(args[0])).run();
      }
      redis.ifPresent(Process::destroy);
    }
  }

  private void define() throws Exception {
    Path features = Files.createDirectories(folder.resolve("features"));
    Files.writeString(
        features.resolve("zone.yml"),
        "name: zone\nversion: '1'\nindex_columns: [{name: zone, type: string}]\n");
    Files.writeString(
        features.resolve("set.yml"),
        "name: bench\nversion: '1'\nentities: [azureml:zone:1]\nspecification: {path: .}\n");
    Files.writeString(features.resolve("FeatureSetSpec.yaml"), SPEC);
    try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
        Statement duckdb = connection.createStatement()) {
      duckdb.execute("SET TimeZone = 'UTC'");
      duckdb.execute(
          "COPY (SELECT 'Z' || (range %% %d) AS zone, TIMESTAMPTZ '2026-03-01 00:00:00Z' + to_seconds(range * 10) AS event_time, random() AS a, random() AS b, range AS c, 'text' || range AS d FROM range(%d)) TO '%s' (FORMAT parquet)"
              .formatted(KEYS, KEYS * 10, folder.resolve("rows.parquet")));
    }
  }

  private Optional<Process> redis() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Process process;
    try {
      process =
          new ProcessBuilder(
                  "redis-server", "--port", "" + port, "--bind", "127.0.0.1", "--save", "")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      System.out.println("no redis-server is installed");
      return Optional.empty();
    }
    Thread.sleep(1000);
    try (OnlineStore redis = RedisStore.open("redis://127.0.0.1:" + port)) {
      engine("redis://127.0.0.1:" + port, redis);
    }
    return Optional.of(process);
  }

  private void engine(String place, OnlineStore store) throws Exception {
    String name = place.equals("file") ? "SQLite" : "Redis";
    FeatureSetSpec spec =
        SpecReader.read(folder.resolve("features/FeatureSetSpec.yaml"), new Mistakes())
            .orElseThrow();
    SourceTable source =
        new SourceTable("bench:1", spec, TableFile.of("source", folder.resolve("rows.parquet")));
    OnlineTable table = OnlineTable.of(STORE, "bench", "1", spec);
    Path own = folder.resolve("store/bench/1");
    Instant end = Instant.parse("2026-04-01T00:00:00Z");
    for (int i = 0; i < 3; i++) {
      long start = System.nanoTime();
      double cpu = cpu();
      MaterializationReport report =
          Materialization.run(
              new MaterializationRequest(
                  source,
                  TimeWindow.of(Instant.parse("2026-03-01T00:00:00Z"), end),
                  own,
                  true,
                  Optional.of(new MaterializationRequest.Online(store, table)),
                  end,
                  false));
      require(report.onlineKeys() == KEYS && (i == 0 || report.changed().isEmpty()));
      row(name + ": materialize 100,000 rows, 10,000 keys", since(start), cpu);
    }
    for (int i = 0; i < 3; i++) {
      long start = System.nanoTime();
      double cpu = cpu();
      SkewReport report = SkewCheck.of(new SkewRequest(source, store, table, own, KEYS, end));
      require(report.keys() == KEYS && report.skews().isEmpty());
      row(name + ": check-skew of 10,000 keys", since(start), cpu);
    }
    serve(name, place);
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Of a busy machine the time of its processors says more. */
  private static void row(String name, double seconds, double before) {
    System.out.printf(
        Locale.ROOT, "%-52s %7.2f s, %.2f s of processors%n", name, seconds, cpu() - before);
  }

  private static double cpu() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        / 1e9;
  }

  private static void require(boolean right) {
    if (!right) {
      throw new IllegalStateException("a figure of a wrong answer is none");
    }
  }

  private void serve(String name, String place) throws Exception {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "mlops.Main",
                "features",
                "serve",
                "--definitions",
                folder.resolve("features").toString(),
                "--store",
                Files.createDirectories(folder.resolve(STORE)).toString()));
    line.addAll(
        List.of(
            "--online",
            place.equals("file") ? folder.resolve("store/online.db").toString() : place));
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().put("MLOPS_FEATURES_TOKEN", "bench");
    Process server = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try {
      String said = "";
      while (!said.contains("POST http://")) {
        said = server.inputReader(UTF_8).readLine();
      }
      int port = Integer.parseInt(said.replaceFirst(".*127\\.0\\.0\\.1:(\\d+)/.*", "$1"));
      HttpCalls one = new HttpCalls(port, "/get", "Bearer bench", n -> keys(n, 1));
      HttpCalls many = new HttpCalls(port, "/get", "Bearer bench", n -> keys(n, 100));
      one.run(5_000); // the compiler has seen it
      many.run(1_000);
      for (int i = 0; i < 3; i++) {
        one.run(10_000).print(name + ": 1 key");
        many.run(2_000).print(name + ": 100 keys");
      }
      none(name, one);
    } finally {
      server.destroy();
      server.waitFor();
    }
  }

  private static String keys(int number, int count) {
    StringBuilder body = new StringBuilder("{\"keys\": [");
    for (int i = 0; i < count; i++) {
      body.append(i == 0 ? "" : ", ")
          .append("{\"zone\": \"Z%d\"}".formatted((number * 7919 + i * 104729) % KEYS));
    }
    return body.append("]}").toString();
  }

  /** Four clients at once. */
  private static void none(String name, HttpCalls calls) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    long start = System.nanoTime();
    List<Future<HttpCalls.Figures>> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      all.add(threads.submit(() -> calls.run(25_000)));
    }
    int answered = 0;
    for (Future<HttpCalls.Figures> one : all) {
      answered += one.get().nanos().length;
    }
    threads.shutdown();
    System.out.printf(
        Locale.ROOT,
        "%-52s %,d of 100,000 answered, %,.0f a second%n",
        name + ": 4 clients",
        answered,
        answered / since(start));
  }
}
