package mlops.features;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import mlops.error.MlopsException;
import mlops.features.online.Micros;
import mlops.features.online.OnlineRow;
import mlops.features.online.OnlineTable;
import mlops.features.online.RedisStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.RedisClient;

/**
 * The online store in a real Redis, beside what Azure's own code left there (online.json of the
 * reference): the same names, fields and bytes but where Azure loses a value, and each such place
 * is named by its trap.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RedisStoreTest {
  private static final String STORE = "0d7f7f21-8ca7-51c5-b1e9-bc6ae99306a8";
  private static final String ONE = "features: [{name: v, type: integer}]\n";
  private static final String LOOKBACK = "temporal_join_lookback: {hours: 6}\n";
  private static final String ZONE = "index_columns: [{name: zone, type: string}]\n";
  private static final String PAIR =
      "index_columns: [{name: vendor, type: string}, {name: zone, type: string}]\n";
  private static final String ALL =
      """
      features:
        - {name: v, type: integer}
        - {name: big, type: long}
        - {name: d, type: double}
        - {name: f, type: float}
        - {name: s, type: string}
        - {name: b, type: boolean}
        - {name: t, type: datetime}
        - {name: x, type: binary}
      """;
  private static final List<Object> VALUES =
      List.of(
          7,
          2147483647L,
          1.5,
          2.25f,
          "ü",
          true,
          Instant.parse("2026-01-02T03:04:05.678900Z"),
          ByteBuffer.wrap(new byte[] {0, (byte) 0xff}));

  @TempDir static Path folder;
  private static Optional<RedisServer> server = Optional.empty();
  private static RedisStore store;
  private static RedisClient redis;
  private static JsonNode recorded;

  private final long now = Micros.of(Instant.now()) / 1_000_000 * 1_000_000;
  private final long event = now - 3600 * 1_000_000L;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(RedisServer.program().isPresent(), "no redis-server is installed");
    server = Optional.of(RedisServer.start(folder));
    store = RedisStore.open(server.get().address());
    redis = server.get().client();
    recorded =
        JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build()
            .readTree(Path.of("src/test/resources/reference/featurestore/online.json").toFile())
            .path("records");
  }

  @AfterAll
  static void stop() {
    if (server.isPresent()) {
      redis.close();
      store.close();
      server.get().close();
    }
  }

  @BeforeEach
  void empty() {
    redis.flushAll();
  }

  private static OnlineTable table(String name, int version, String... parts) {
    String spec =
        "source: {type: csv, path: rows.csv, timestamp_column: {name: event_time}}\n%s%s"
            .formatted(
                String.join("", parts), version == 0 ? "" : "schema_version: " + version + "\n");
    return OnlineTable.of(STORE, name, "1", MaterializedSet.of(folder, spec).spec());
  }

  private long write(OnlineTable table, OnlineRow... rows) {
    return store.replace(table, 0, 0, to -> List.of(rows).forEach(to), now);
  }

  private OnlineRow row(Object value, Object... key) {
    return new OnlineRow(List.of(key), event, Optional.empty(), Arrays.asList(value));
  }

  private List<Object> read(OnlineTable table, List<List<String>> keys) {
    List<Object> values = new ArrayList<>();
    for (Optional<OnlineRow> row : store.get(table, keys, Micros.instant(now))) {
      values.add(row.map(r -> r.values().get(0)).orElse(null));
    }
    return values;
  }

  private static JsonNode record(String id) {
    for (JsonNode one : recorded) {
      if (one.path("id").asText().equals(id)) {
        return one;
      }
    }
    throw new AssertionError("no record " + id);
  }

  /** All of Redis as the recording writes it, without our mark, at its own time. */
  private Map<String, Map<String, String>> all() {
    Map<String, Map<String, String>> all = new TreeMap<>();
    for (String name : redis.keys("*")) {
      Map<String, String> fields = new TreeMap<>();
      redis
          .hgetAll(name.getBytes(UTF_8))
          .forEach((field, value) -> fields.put(new String(field, UTF_8), text(value)));
      fields.remove("_mlops");
      assertEquals(Long.toString(event / 1_000_000), fields.put("event_time", "1795969312"));
      all.put(name, fields);
    }
    return all;
  }

  private static String text(byte[] value) {
    for (byte b : value) {
      if (b < 0x20 || b == 0x7f) { // of bytes above 0x7f too, which are negative
        return "hex:" + HexFormat.of().formatHex(value);
      }
    }
    return new String(value, UTF_8);
  }

  private static Map<String, Map<String, String>> redis(String id) {
    Map<String, Map<String, String>> all = new TreeMap<>();
    record(id)
        .path("redis")
        .fields()
        .forEachRemaining(
            entry -> {
              Map<String, String> fields = new TreeMap<>();
              entry
                  .getValue()
                  .path("hash")
                  .fields()
                  .forEachRemaining(f -> fields.put(f.getKey(), f.getValue().asText()));
              all.put(entry.getKey(), fields);
            });
    return all;
  }

  /** Puts into Redis what Azure left there, as if it had been written an hour ago. */
  private void load(String id) {
    redis(id)
        .forEach(
            (name, fields) ->
                fields.forEach(
                    (field, value) ->
                        redis.hset(
                            name.getBytes(UTF_8), field.getBytes(UTF_8), bytes(field, value))));
  }

  private byte[] bytes(String field, String value) {
    if (field.equals("event_time")) {
      return Long.toString(event / 1_000_000).getBytes(UTF_8);
    }
    return value.startsWith("hex:")
        ? HexFormat.of().parseHex(value.substring(4))
        : value.getBytes(UTF_8);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void a_row_is_where_azure_puts_it_and_lives_until_its_lookback_has_passed(int version) {
    OnlineTable table = table("tie" + version, version, ONE, ZONE, LOOKBACK);
    assertEquals(1, write(table, row(81, "Z7")));
    assertEquals(redis("online-layout-v" + version), all());
    long left = redis.ttl(redis.keys("*").iterator().next());
    assertTrue(left > 17_900 && left <= 18_001, left + " s"); // 5 hours, and the second itself
    JsonNode azure = record("online-ttl-v" + version);
    assertEquals(21_600, azure.at("/ttl/0").asInt() + azure.path("age_s").asDouble(), 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void values_of_all_types_are_the_bytes_of_azure_and_read_the_same(int version) {
    OnlineTable table = table("types" + version, version, ALL, ZONE, LOOKBACK);
    OnlineRow row = new OnlineRow(List.of("Z7"), event, Optional.empty(), VALUES);
    List<Object> odd = new ArrayList<>(VALUES);
    odd.set(2, Double.NaN);
    odd.set(3, Float.POSITIVE_INFINITY);
    odd.set(4, "");
    odd.set(5, false);
    assertEquals(1, write(table, row));
    assertEquals(redis("online-types-v" + version), all());
    assertEquals(1, write(table, new OnlineRow(List.of("Z7"), event, Optional.empty(), odd)));
    assertEquals(redis("online-nan-v" + version), all());
    assertEquals(odd, first(table).values());
    redis.flushAll();
    load("online-types-v" + version);
    assertEquals(VALUES, first(table).values());
  }

  private OnlineRow first(OnlineTable table) {
    return store.get(table, List.of(List.of("Z7")), Micros.instant(now)).get(0).orElseThrow();
  }

  /** Trap 3: Azure writes the text None, or in layout 2 nothing, which is what we do in both. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void null_is_null_also_over_a_value_and_in_records_of_azure(int version) {
    OnlineTable table = table("types" + version, version, ALL, ZONE, LOOKBACK);
    List<Object> nulls = Arrays.asList(null, null, null, null, null, null, null, null);
    write(table, new OnlineRow(List.of("Z7"), event - 1, Optional.empty(), VALUES));
    write(table, new OnlineRow(List.of("Z7"), event, Optional.empty(), nulls));
    Map<String, Map<String, String>> azure = redis("online-null-over-value-v" + version);
    azure.values().forEach(fields -> fields.keySet().removeIf(f -> !f.equals("event_time")));
    assertEquals(azure, all());
    assertEquals(nulls, first(table).values());
    redis.flushAll();
    load("online-nulls-v" + version);
    assertEquals(nulls, first(table).values());
  }

  /** Traps 2, 4 and 9. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void the_newest_by_event_and_creation_wins_in_every_order(int version) {
    OnlineTable table = table("tie" + version, version, ONE, ZONE, LOOKBACK);
    JsonNode orders = record("case-10-v" + version).path("final_by_order");
    assertEquals(24, orders.size());
    List<OnlineRow> writes =
        List.of(
            new OnlineRow(List.of("Z7"), event, Optional.of(1L), List.of(81)),
            new OnlineRow(List.of("Z7"), event - 3_600_000_000L, Optional.of(40L), List.of(82)),
            new OnlineRow(List.of("Z7"), event, Optional.of(50L), List.of(83)),
            new OnlineRow(List.of("Z7"), event, Optional.of(20L), List.of(84)));
    orders
        .fieldNames()
        .forEachRemaining(
            order -> {
              redis.flushAll();
              order.chars().forEach(c -> write(table, writes.get(c - '1')));
              assertEquals(List.of(83), read(table, List.of(List.of("Z7"))), order);
            });
    List<OnlineRow> rotated = new ArrayList<>(writes);
    for (int i = 0; i < writes.size(); i++) {
      redis.flushAll();
      write(table, rotated.toArray(OnlineRow[]::new)); // one materialization
      assertEquals(List.of(83), read(table, List.of(List.of("Z7"))), rotated::toString);
      Collections.rotate(rotated, 1);
    }
    JsonNode bulk = record("case-10-bulk-v" + version).path("outcomes");
    assertEquals(List.of(81, 83, 84), firsts(bulk)); // of Azure, as the order has it
    OnlineRow early = new OnlineRow(List.of("A"), event + 250_000, Optional.empty(), List.of(1));
    OnlineRow late = new OnlineRow(List.of("A"), event + 750_000, Optional.empty(), List.of(2));
    write(table, late);
    assertEquals(0, write(table, early));
    assertEquals(List.of(2), read(table, List.of(List.of("A"))));
    int azure = record("online-subsecond-v" + version).at("/read/v/0").asInt();
    assertEquals(version, azure); // the older one in layout 1
  }

  private static List<Integer> firsts(JsonNode outcomes) {
    List<Integer> firsts = new ArrayList<>();
    outcomes.forEach(one -> firsts.add(one.path(0).asInt()));
    return firsts;
  }

  /** Trap 6: a name that two keys share is that of one of them. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void no_key_gets_the_values_of_another(int version) {
    OnlineTable table = table("pair" + version, version, ONE, PAIR, LOOKBACK);
    write(table, row(1, "1", "23"), row(2, "12", "3"), row(3, "a:b", "c"), row(4, "a", "b:c"));
    Map<String, Map<String, String>> azure = redis("online-composite-v" + version);
    List<Object> right = Arrays.asList(1, 2, 3, 4, null);
    if (version == 2) {
      Objects.requireNonNull(azure.get("d24d33dd06bab878599d928b906b3f77(a:b:c)"))
          .put("v", "hex:04000000");
      right = Arrays.asList(1, 2, null, 4, null);
    }
    assertEquals(azure, all());
    List<List<String>> keys =
        List.of(
            List.of("1", "23"),
            List.of("12", "3"),
            List.of("a:b", "c"),
            List.of("a", "b:c"),
            List.of("x", "y"));
    assertEquals(right, read(table, keys));
  }

  /** Trap 15: Azure keeps a null key as the text None. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void odd_keys_are_kept_and_a_null_is_none_of_them(int version) {
    OnlineTable table = table("tie" + version, version, ONE, ZONE, LOOKBACK);
    write(table, row(2, ""), row(3, "{x}"), row(4, "Z 7"));
    Map<String, Map<String, String>> azure = redis("online-odd-keys-v" + version);
    azure.keySet().removeIf(name -> name.contains("None"));
    assertEquals(azure, all());
    List<List<String>> keys =
        List.of(Arrays.asList((String) null), List.of(""), List.of("{x}"), List.of("Z 7"));
    assertEquals(Arrays.asList(null, 2, 3, 4), read(table, keys));
  }

  /** Traps 5, 8 and 11. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void age_counts_at_the_read_and_no_lookback_is_no_end(int version) {
    OnlineTable old = table("old" + version, version, ONE, ZONE, LOOKBACK);
    long six = 6 * 3600 * 1_000_000L;
    assertEquals(0, write(old, at(now - six - 1)));
    assertTrue(redis.keys("*").isEmpty());
    assertEquals(0, record("online-old-v" + version).path("rows").asInt());
    assertEquals(1, write(old, at(now - six)));
    assertEquals(List.of(1), read(old, List.of(List.of("Z7"))));
    OnlineTable zero =
        table("zero" + version, version, ONE, ZONE, "temporal_join_lookback: {hours: 0}\n");
    assertEquals(0, write(zero, at(event)));
    assertEquals(0, record("online-zero-v" + version).path("rows").asInt());
    redis.flushAll();
    OnlineTable none = table("nolb" + version, version, ONE, ZONE);
    write(none, at(event));
    assertEquals(redis("online-nolb-v" + version), all());
    assertEquals(
        -1, redis.ttl(redis.keys("*").iterator().next())); // in layout 1 Azure says 57 years
  }

  private static OnlineRow at(long event) {
    return new OnlineRow(List.of("Z7"), event, Optional.empty(), List.of(1));
  }

  /** Trap 10: layout 2 has four bytes. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void a_long_that_does_not_fit_is_refused_before_anything_is_written(int version) {
    String long1 = "features: [{name: big, type: long}]\n";
    OnlineTable table = table("types" + version, version, long1, ZONE, LOOKBACK);
    OnlineRow[] rows = {row(1L, "Z8"), row(2147483648L, "Z7")};
    if (version == 1) {
      write(table, rows);
      assertEquals(List.of(2147483648L), read(table, List.of(List.of("Z7"))));
      assertEquals(2147483648L, record("online-long-v1").at("/read/big/0").asLong());
      return;
    }
    MlopsException stop = assertThrows(MlopsException.class, () -> write(table, rows));
    assertEquals("ValueDoesNotFit", stop.code());
    assertTrue(record("online-long-v2").path("rows").asText().startsWith("ERROR"));
    assertTrue(redis.keys("*").isEmpty());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void what_a_source_takes_back_is_served_no_longer(int version) {
    OnlineTable table = table("nosv", version, ONE, ZONE);
    write(table, row(1, "Z7"), row(2, "Z8"), row(3, "*"));
    if (version == 0) {
      assertTrue(redis.exists(record("online-no-schema-version").path("keys").path(0).asText()));
    }
    OnlineRow before = new OnlineRow(List.of("Z8"), event - 1, Optional.empty(), List.of(5));
    assertEquals(3, store.within(table, event, event + 1).size());
    store.replace(table, event, event + 1, to -> to.accept(before), now);
    assertEquals(
        Arrays.asList(null, 5, null),
        read(table, List.of(List.of("Z7"), List.of("Z8"), List.of("*"))));
  }

  @Test
  void a_wrong_address_and_password_are_told_without_secrets() {
    String address = server.orElseThrow().address().replace("a%20secret", "wrong");
    MlopsException stop = assertThrows(MlopsException.class, () -> RedisStore.open(address));
    assertEquals("OnlineStoreFailed", stop.code());
    assertFalse(stop.message().contains("of%20this"), stop.message());
    MlopsException bad =
        assertThrows(MlopsException.class, () -> RedisStore.open("http://:secret@localhost"));
    assertFalse(bad.message().contains("secret"), bad.message());
  }
}
