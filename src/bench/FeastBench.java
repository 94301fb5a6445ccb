import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code feast serve} with the same rows, its SQLite store, and the same calls. */
final class FeastBench {
  private static final String REPOSITORY =
      """
      from datetime import timedelta
      from feast import Entity, FeatureView, Field, FileSource
      from feast.types import Float64, Int64, String
      zone = Entity(name="zone", join_keys=["zone"])
      source = FileSource(path="%s", timestamp_field="event_time")
      bench = FeatureView(name="bench", entities=[zone], ttl=timedelta(days=100000), online=True, source=source,
          schema=[Field(name="a", dtype=Float64), Field(name="b", dtype=Float64), Field(name="c", dtype=Int64), Field(name="d", dtype=String)])
      """;

  private final Path folder;
  private final Path rows;
  private final Path feast;

  FeastBench(Path folder, Path bin) throws IOException {
    this.folder = Files.createDirectories(folder.resolve("feast"));
    this.rows = folder.resolve("rows.parquet");
    this.feast = bin.resolve("feast");
  }

  void run() throws Exception {
    Files.writeString(
        folder.resolve("feature_store.yaml"),
        "project: bench\nprovider: local\nregistry: registry.db\nonline_store:\n  type: sqlite\n  path: online.db\nentity_key_serialization_version: 3\n");
    Files.writeString(folder.resolve("bench.py"), REPOSITORY.formatted(rows));
    done("apply");
    long start = System.nanoTime();
    done("materialize", "2026-03-01T00:00:00", "2026-04-01T00:00:00");
    System.out.printf(
        Locale.ROOT, "%-52s %7.2f s%n", "Feast: materialize", (System.nanoTime() - start) / 1e9);
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Process server = start("serve", "-h", "127.0.0.1", "-p", "" + port, "--no-access-log");
    try {
      await(port);
      HttpCalls one = new HttpCalls(port, "/get-online-features", "-", n -> keys(n, 1));
      HttpCalls many = new HttpCalls(port, "/get-online-features", "-", n -> keys(n, 100));
      one.run(100);
      for (int i = 0; i < 3; i++) {
        measured("Feast: 1 key", one, 600);
        measured("Feast: 100 keys", many, 200);
      }
    } finally {
      server.descendants().forEach(ProcessHandle::destroyForcibly);
      server.destroyForcibly().waitFor();
    }
  }

  /** Its worker restarts after a thousand calls, and may lose one. */
  private static void measured(String name, HttpCalls calls, int count) {
    try {
      calls.run(count).print(name);
    } catch (IOException e) {
      System.out.printf("%-52s %s%n", name, e.getMessage());
    }
  }

  private static void await(int port) throws InterruptedException {
    for (int i = 0; i < 600; i++) {
      try (Socket socket = new Socket("127.0.0.1", port)) {
        if (socket.isConnected()) {
          Thread.sleep(2000);
          return;
        }
      } catch (IOException e) {
        Thread.sleep(100);
      }
    }
    throw new IllegalStateException("feast serve does not listen");
  }

  private static String keys(int number, int count) {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add("\"Z%d\"".formatted((number * 7919 + i * 104729) % 10_000));
    }
    return "{\"features\": [\"bench:a\", \"bench:b\", \"bench:c\", \"bench:d\"], \"entities\": {\"zone\": [%s]}}"
        .formatted(String.join(", ", keys));
  }

  private Process start(String... words) throws IOException {
    List<String> line = new ArrayList<>(List.of(feast.toString()));
    line.addAll(List.of(words));
    return new ProcessBuilder(line)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(words[0] + ".log").toFile())
        .start();
  }

  private void done(String... words) throws Exception {
    if (start(words).waitFor() != 0) {
      throw new IOException(Files.readString(folder.resolve(words[0] + ".log")));
    }
  }
}
