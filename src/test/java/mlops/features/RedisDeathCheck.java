package mlops.features;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mlops.Waiting;
import mlops.error.MlopsException;
import mlops.features.materialize.DataInterval;
import mlops.features.materialize.DataIntervals;
import mlops.features.online.FeatureLookup.Asked;
import mlops.features.online.OnlineRow;
import mlops.features.online.RedisStore;
import mlops.features.serve.FeatureServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Redis that is killed while it is written to, and while it is asked. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RedisDeathCheck {
  private static final int KEYS = 3000;
  private static final int ENOUGH = 300_000; // bytes of the million that write the second day
  private static final String SPEC =
      """
      source: {type: csv, path: rows.csv, timestamp_column: {name: event_time}}
      features: [{name: v, type: integer}]
      index_columns: [{name: zone, type: string}]
      schema_version: 2
      """;
  private static final Instant AT = Instant.parse("2026-03-05T00:00:00Z");

  @TempDir Path folder;

  @BeforeAll
  static void needsRedis() {
    assumeTrue(RedisServer.program().isPresent(), "no redis-server is installed");
  }

  private static void write(MaterializedSet set, int days) {
    set.rows(
        Stream.concat(
                Stream.of("zone,event_time,v"),
                IntStream.rangeClosed(1, days)
                    .boxed()
                    .flatMap(
                        day ->
                            IntStream.range(0, KEYS)
                                .mapToObj(
                                    k -> "Z%d,2026-03-0%dT10:00:00Z,%d".formatted(k, day, day))))
            .toArray(String[]::new));
  }

  private static Set<Object> values(MaterializedSet set, RedisStore store) {
    List<List<String>> keys = new ArrayList<>();
    IntStream.range(0, KEYS).forEach(k -> keys.add(List.of("Z" + k)));
    Set<Object> values = new TreeSet<>();
    store
        .get(set.table(), keys, AT)
        .forEach(row -> values.add(row.map(OnlineRow::values).map(v -> v.get(0)).orElse(0)));
    return values;
  }

  @Test
  void what_a_killed_redis_was_told_is_right_and_the_next_run_writes_the_rest() throws Exception {
    MaterializedSet set = MaterializedSet.of(folder, SPEC);
    RedisServer redis = RedisServer.durable(folder);
    try (RedisStore store = RedisStore.open(redis.address())) {
      write(set, 1);
      set.run("2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z", store);
      assertEquals(Set.of(1), values(set, store));
    }
    write(set, 2);
    try (Passage passage = new Passage(redis);
        RedisStore store = RedisStore.open(passage.address())) {
      MlopsException e =
          assertThrows(
              MlopsException.class,
              () -> set.run("2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z", store));
      assertEquals("OnlineStoreFailed", e.code());
      assertTrue(e.message().contains("The Redis at redis://127.0.0.1:"), e::message);
      assertFalse(e.message().contains("secret"), e::message);
    }
    assertEquals(
        List.of(DataInterval.Status.COMPLETE, DataInterval.Status.INCOMPLETE),
        DataIntervals.in(folder.resolve("store")).all().stream()
            .map(DataInterval::status)
            .toList());

    try (RedisServer again = redis.again();
        RedisStore store = RedisStore.open(again.address())) {
      assertEquals(Set.of(1, 2), values(set, store), "those that it was told, and those of before");
      set.run("2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z", store);
      assertEquals(Set.of(2), values(set, store));
    }
  }

  @Test
  void a_server_says_that_its_redis_is_gone_and_answers_when_it_is_back() throws Exception {
    MaterializedSet set = MaterializedSet.of(folder, SPEC);
    set.rows("zone,event_time,v", "Z1,2026-03-01T10:00:00Z,7");
    RedisServer redis = RedisServer.durable(folder);
    try (RedisStore store = RedisStore.open(redis.address());
        FeatureServer server =
            FeatureServer.start(
                store,
                List.of(new Asked(set.table(), set.spec().features())),
                0,
                "token",
                Clock.systemUTC(),
                line -> {})) {
      set.run("2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z", store);
      assertEquals(200, ask(server.address()).statusCode());
      redis.close();
      HttpResponse<String> gone = ask(server.address());
      assertEquals(503, gone.statusCode(), gone::body);
      assertTrue(gone.body().contains("OnlineStoreFailed"), gone::body);
      assertFalse(gone.body().contains("secret"), gone::body);
      try (RedisServer again = redis.again()) {
        Waiting.until(() -> ask(server.address()).statusCode() == 200);
        assertTrue(ask(server.address()).body().contains("\"v\":7"), again::place);
      }
    }
  }

  private static HttpResponse<String> ask(URI server) {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve("/get"))
            .header("Authorization", "Bearer token")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"keys\": [{\"zone\": \"Z1\"}], \"at\": \"2026-03-05T00:00:00Z\"}"))
            .build();
    try {
      return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** A way to a Redis, which is killed when enough was sent to it. */
  private static final class Passage implements AutoCloseable {
    private final RedisServer redis;
    private final ServerSocket door;
    private int sent;

    Passage(RedisServer redis) throws IOException {
      this.redis = redis;
      this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      start(this::open);
    }

    String address() {
      return redis.address().replace(":" + redis.port(), ":" + door.getLocalPort());
    }

    private static void start(Runnable work) {
      Thread thread = new Thread(work, "passage");
      thread.setDaemon(true);
      thread.start();
    }

    private void open() {
      try {
        while (true) {
          Socket client = door.accept();
          Socket server = new Socket(InetAddress.getLoopbackAddress(), redis.port());
          start(() -> pass(client, server, true));
          start(() -> pass(server, client, false));
        }
      } catch (IOException e) {
        return; // the door is closed, or Redis is gone: there is nothing to pass
      }
    }

    private void pass(Socket from, Socket to, boolean counted) {
      byte[] buffer = new byte[4096];
      try (from;
          to) {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          out.write(buffer, 0, n);
          if (counted && isEnough(new String(buffer, 0, n, ISO_8859_1))) {
            redis.close();
          }
        }
      } catch (IOException e) {
        return; // one of the two is gone, and so is this way
      }
    }

    /** What is sent before the first record is a look at what is there. */
    private synchronized boolean isEnough(String more) {
      if (sent > 0 || more.toUpperCase(Locale.ROOT).contains("EVALSHA")) {
        sent += more.length();
      }
      return sent > ENOUGH;
    }

    @Override
    public void close() throws IOException {
      door.close();
    }
  }
}
