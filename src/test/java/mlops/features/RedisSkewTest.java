package mlops.features;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import mlops.features.online.RedisStore;
import mlops.features.skew.Skew;
import mlops.features.skew.SkewCause;
import mlops.features.skew.SkewCheck;
import mlops.features.skew.SkewRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.RedisClient;

/** Skews in a Redis: records as Azure's writer leaves them, by the trap that they met. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RedisSkewTest {
  private static final String SPEC =
      """
      source: {type: csv, path: rows.csv, timestamp_column: {name: event_time}}
      features: [{name: v, type: integer}]
      index_columns: [%s]
      schema_version: %d
      """;
  private static final String ZONE = "{name: zone, type: string}";
  private static final String NOON = "2026-03-04T12:00:00Z";

  @TempDir static Path base;
  @TempDir Path folder;
  private static Optional<RedisServer> server = Optional.empty();

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(RedisServer.program().isPresent(), "no redis-server is installed");
    server = Optional.of(RedisServer.start(base));
  }

  @AfterAll
  static void stop() {
    server.ifPresent(RedisServer::close);
  }

  private static List<Skew> check(MaterializedSet set, RedisStore store) {
    return SkewCheck.of(
            new SkewRequest(
                set.source(),
                store,
                set.table(),
                set.folder().resolve("store"),
                100,
                Instant.parse(NOON)))
        .skews();
  }

  /** Azure keeps no creation, and of a second one value, by chance the older one. */
  @ParameterizedTest
  @CsvSource({"1, TIED_WRITES", "2, NO_CORRECTION"})
  void a_value_that_azure_did_not_correct_is_named(int layout, SkewCause cause) {
    MaterializedSet set = MaterializedSet.of(folder, SPEC.formatted(ZONE, layout));
    set.rows(
        "zone,event_time,create_timestamp,v",
        "Z7,2026-03-04T10:00:00Z,2026-03-04T10:05:00Z,40",
        "Z7,2026-03-04T10:00:00Z,2026-03-04T10:50:00Z,41",
        "Z8,2026-03-04T10:00:00.750Z,2026-03-04T10:50:00Z,5");
    try (RedisStore store = RedisStore.open(server.orElseThrow().address());
        RedisClient redis = server.get().client()) {
      redis.flushAll();
      set.run("2026-03-04T00:00:00Z", NOON, store);
      assertEquals(List.of(), check(set, store));
      for (String name : redis.keys("*")) {
        redis.hdel(name, "_mlops"); // what Azure does not write
        byte[] old = layout == 1 ? "40".getBytes(UTF_8) : new byte[] {40, 0, 0, 0};
        redis.hset(name.getBytes(UTF_8), "v".getBytes(UTF_8), old);
      }
      List<Skew> skews = check(set, store);
      assertEquals(
          List.of(cause, SkewCause.WHOLE_SECONDS),
          skews.stream()
              .sorted((a, b) -> a.key().toString().compareTo(b.key().toString()))
              .map(Skew::cause)
              .toList());
    }
  }

  @Test
  void a_record_that_belongs_to_another_key_is_named() {
    String pair = "{name: vendor, type: string}, {name: zone, type: string}";
    MaterializedSet set = MaterializedSet.of(folder, SPEC.formatted(pair, 2));
    set.rows(
        "vendor,zone,event_time,v", "a:b,c,2026-03-04T10:00:00Z,3", "a,b:c,2026-03-04T11:00:00Z,4");
    try (RedisStore store = RedisStore.open(server.orElseThrow().address());
        RedisClient redis = server.get().client()) {
      redis.flushAll();
      set.run("2026-03-04T00:00:00Z", NOON, store);
      List<Skew> skews = check(set, store);
      assertEquals(List.of(SkewCause.SHARED_NAME), skews.stream().map(Skew::cause).toList());
      assertEquals("{vendor=a:b, zone=c}", skews.get(0).key().toString());
      redis.flushAll();
      assertEquals(
          List.of(SkewCause.LOST_ONLINE, SkewCause.LOST_ONLINE),
          check(set, store).stream().map(Skew::cause).toList());
    }
  }
}
