package mlops.features.online;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mlops.features.spec.DataColumn;
import org.jspecify.annotations.Nullable;

/**
 * A row as a Redis keeps it.
 *
 * @param fields those of the features that are not null, and their values, in turn
 * @param nulls the fields of the others
 */
record RedisRecord(
    RedisLayout layout, String name, RedisMark mark, List<byte[]> fields, List<byte[]> nulls) {

  static RedisRecord of(RedisLayout layout, OnlineRow row, JsonValues json) {
    List<byte[]> fields = new ArrayList<>();
    List<byte[]> nulls = new ArrayList<>();
    for (int i = 0; i < row.values().size(); i++) {
      DataColumn column = layout.table().features().get(i);
      @Nullable Object value = row.values().get(i);
      byte[] field = column.name().getBytes(UTF_8);
      if (value == null) {
        nulls.add(field);
      } else {
        fields.add(field);
        fields.add(layout.values().write(value, column));
      }
    }
    return new RedisRecord(layout, layout.name(row.key()), RedisMark.of(row, json), fields, nulls);
  }

  /** Whether it is not too old already. */
  boolean lives(OnlineTable table, long now) {
    return table.oldest(now).filter(oldest -> mark.event() < oldest).isEmpty();
  }

  /** Those of {@link RedisScript#PUT}. */
  List<byte[]> arguments(OnlineTable table, long from, long to) {
    List<byte[]> all = new ArrayList<>();
    all.add(layout.time());
    all.add(ascii(Long.toString(Math.floorDiv(mark.event(), 1_000_000L))));
    all.add(RedisMark.FIELD);
    all.add(mark.bytes());
    all.add(ascii(Long.toString(mark.event())));
    all.add(ascii(mark.created().map(c -> Long.toString(c)).orElse("-")));
    all.add(ascii(Long.toString(from)));
    all.add(ascii(Long.toString(to)));
    all.add(ascii(table.spec().joinLookback().map(this::end).orElse("")));
    all.add(ascii(Integer.toString(fields.size() / 2)));
    all.addAll(fields);
    all.addAll(nulls);
    return all;
  }

  /** The first second at which no observation could have it: the lookback is inclusive. */
  private String end(Duration lookback) {
    return Long.toString(Math.floorDiv(mark.event() + lookback.toNanos() / 1000, 1_000_000L) + 1);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }

  static long second(byte @Nullable [] field) {
    return field == null ? Long.MIN_VALUE : Long.parseLong(new String(field, US_ASCII));
  }

  /** To the microsecond, where that is known. */
  static long event(byte @Nullable [] field, byte @Nullable [] mark) {
    long second = second(field);
    return RedisMark.read(mark, second).map(RedisMark::event).orElse(second * 1_000_000);
  }

  /** The row of a key, by the second, the mark and the features of a record. */
  static Optional<OnlineRow> read(
      RedisLayout layout, List<Object> key, List<byte @Nullable []> found, JsonValues json) {
    if (found.get(0) == null) {
      return Optional.empty();
    }
    long second = second(found.get(0));
    Optional<RedisMark> mark = RedisMark.read(found.get(1), second);
    if (mark.filter(m -> !m.key().equals(json.text(key))).isPresent()) {
      return Optional.empty(); // of another key that has the same name
    }
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < layout.table().features().size(); i++) {
      byte @Nullable [] field = found.get(i + 2);
      DataColumn column = layout.table().features().get(i);
      values.add(field == null ? null : layout.values().read(field, column, mark.isPresent()));
    }
    long event = mark.map(RedisMark::event).orElse(second * 1_000_000);
    return Optional.of(new OnlineRow(key, event, mark.flatMap(RedisMark::created), values));
  }
}
