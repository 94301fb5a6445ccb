package mlops.features.online;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import mlops.error.MlopsException;
import mlops.features.spec.DataColumn;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/**
 * An online store in a Redis, where Azure's own reader finds it: names, fields and bytes are those
 * of Azure's layouts. What those lose is in {@link RedisMark}: so corrections arrive, order counts
 * below a second, no key gets the values of another, and null is null.
 */
public final class RedisStore implements OnlineStore {
  private static final int BATCH = 500;

  private final RedisClient client;
  private final String place;
  private final JsonValues json = new JsonValues();
  private final byte[] put;

  private RedisStore(RedisClient client, String place, byte[] put) {
    this.client = client;
    this.place = place;
    this.put = put;
  }

  /**
   * Connects.
   *
   * @param address {@code redis://[user:password@]host[:port][/database]}, or {@code rediss://…}
   *     with TLS
   * @throws MlopsException INVALID for no such address, FAILED where nothing answers
   */
  public static RedisStore open(String address) {
    URI uri = RedisAddress.of(address);
    String place = RedisAddress.withoutPassword(uri);
    RedisClient client = RedisClient.create(uri);
    try {
      byte[] put = client.scriptLoad(RedisScript.PUT).getBytes(US_ASCII);
      return new RedisStore(client, place, put);
    } catch (JedisException e) {
      client.close();
      throw failed(place, e);
    }
  }

  private static MlopsException failed(String place, JedisException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return MlopsException.failed(
        "OnlineStoreFailed",
        "The Redis at %s does not answer as it should: %s".formatted(place, cause.getMessage()),
        "Check that it runs there, and its password; materializing again writes what is missing.",
        e);
  }

  private <T> T asking(Supplier<T> work) {
    try {
      return work.get();
    } catch (JedisException e) {
      throw failed(place, e);
    }
  }

  @Override
  public long replace(OnlineTable table, long from, long to, Rows rows, long now) {
    RedisLayout layout = RedisLayout.of(table);
    List<RedisRecord> all = new ArrayList<>();
    rows.each(row -> all.add(RedisRecord.of(layout, row, json))); // refuses before it writes
    return asking(
        () -> {
          Set<String> gone = from < to ? new HashSet<>(names(layout, from, to)) : new HashSet<>();
          long count = 0;
          for (int i = 0; i < all.size(); i += BATCH) {
            List<RedisRecord> some = all.subList(i, Math.min(i + BATCH, all.size()));
            count += put(table, some, from, to, now);
          }
          all.stream().filter(r -> r.lives(table, now)).forEach(r -> gone.remove(r.name()));
          gone.forEach(name -> client.del(name.getBytes(UTF_8)));
          return count;
        });
  }

  private long put(OnlineTable table, List<RedisRecord> some, long from, long to, long now) {
    List<Response<Object>> done = new ArrayList<>();
    try (AbstractPipeline pipeline = client.pipelined()) {
      for (RedisRecord one : some) {
        if (one.lives(table, now)) {
          List<byte[]> name = List.of(one.name().getBytes(UTF_8));
          done.add(pipeline.evalsha(put, name, one.arguments(table, from, to)));
        }
      }
      pipeline.sync();
    }
    return done.stream().filter(r -> Long.valueOf(1).equals(r.get())).count();
  }

  /** Names of records whose event is in a window. */
  private List<String> names(RedisLayout layout, long from, long to) {
    List<String> names = new ArrayList<>();
    each(
        layout,
        (name, fields) -> {
          long event = RedisRecord.event(fields.get(0), fields.get(1));
          if (event >= from && event < to) {
            names.add(name);
          }
        });
    return names;
  }

  /** What is done with the second and the mark of each record. */
  private interface Look {
    void at(String name, List<byte @Nullable []> fields);
  }

  private void each(RedisLayout layout, Look look) {
    ScanParams params = new ScanParams().match(layout.pattern().getBytes(UTF_8)).count(1000);
    byte[] cursor = ScanParams.SCAN_POINTER_START_BINARY;
    do {
      ScanResult<byte[]> page = client.scan(cursor, params);
      List<Response<List<byte[]>>> fields = new ArrayList<>();
      try (AbstractPipeline pipeline = client.pipelined()) {
        page.getResult()
            .forEach(name -> fields.add(pipeline.hmget(name, layout.time(), RedisMark.FIELD)));
        pipeline.sync();
      }
      for (int i = 0; i < fields.size(); i++) {
        List<byte @Nullable []> found = new ArrayList<>(fields.get(i).get());
        if (found.get(0) != null) {
          look.at(new String(page.getResult().get(i), UTF_8), found);
        }
      }
      cursor = page.getCursorAsBytes();
    } while (!Arrays.equals(cursor, ScanParams.SCAN_POINTER_START_BINARY));
  }

  /** Those that this wrote: of a record of Azure's only the name is known. */
  @Override
  public List<List<Object>> within(OnlineTable table, long from, long to) {
    List<List<Object>> keys = new ArrayList<>();
    asking(
        () -> {
          each(
              RedisLayout.of(table),
              (name, fields) ->
                  RedisMark.read(fields.get(1), RedisRecord.second(fields.get(0)))
                      .filter(m -> m.event() >= from && m.event() < to)
                      .flatMap(m -> OnlineKey.of(json.values(m.key(), table.keys()), table))
                      .ifPresent(keys::add));
          return true;
        });
    return keys;
  }

  @Override
  public List<Optional<OnlineRow>> rows(OnlineTable table, List<? extends List<?>> keys) {
    RedisLayout layout = RedisLayout.of(table);
    List<Optional<List<Object>>> whole = new ArrayList<>();
    keys.forEach(key -> whole.add(OnlineKey.of(key, table)));
    byte[][] asked = fields(layout);
    return asking(
        () -> {
          List<Response<List<byte[]>>> found = new ArrayList<>();
          try (AbstractPipeline pipeline = client.pipelined()) {
            whole.stream()
                .flatMap(Optional::stream)
                .forEach(k -> found.add(pipeline.hmget(layout.name(k).getBytes(UTF_8), asked)));
            pipeline.sync();
          }
          int next = 0;
          List<Optional<OnlineRow>> rows = new ArrayList<>();
          for (Optional<List<Object>> key : whole) {
            rows.add(
                key.isEmpty()
                    ? Optional.empty()
                    : RedisRecord.read(layout, key.get(), found.get(next++).get(), json));
          }
          return rows;
        });
  }

  private static byte[][] fields(RedisLayout layout) {
    List<byte[]> names = new ArrayList<>(List.of(layout.time(), RedisMark.FIELD));
    for (DataColumn feature : layout.table().features()) {
      names.add(feature.name().getBytes(UTF_8));
    }
    return names.toArray(byte[][]::new);
  }

  @Override
  public String place() {
    return place;
  }

  @Override
  public void close() {
    client.close();
  }
}
