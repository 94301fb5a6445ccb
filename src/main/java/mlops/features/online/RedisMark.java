package mlops.features.online;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Azure's layouts have no room for, in a field beside the features, which Azure's reader does
 * not ask for: the event and the creation to the microsecond, and the key itself, since two keys
 * can share a name.
 *
 * @param created empty where the source does not say
 */
record RedisMark(long event, Optional<Long> created, String key) {
  static final byte[] FIELD = "_mlops".getBytes(UTF_8);

  static RedisMark of(OnlineRow row, JsonValues json) {
    return new RedisMark(row.event(), row.created(), json.text(row.key()));
  }

  byte[] bytes() {
    String written = created.map(c -> Long.toString(c)).orElse("-");
    return "%d %s %s".formatted(event, written, key).getBytes(UTF_8);
  }

  /** What a field says; empty where there is none, or it is of another second than the record. */
  static Optional<RedisMark> read(byte @Nullable [] field, long second) {
    if (field == null) {
      return Optional.empty();
    }
    List<String> parts = List.of(new String(field, UTF_8).split(" ", 3));
    long event = Long.parseLong(parts.get(0));
    Optional<Long> created =
        parts.get(1).equals("-") ? Optional.empty() : Optional.of(Long.valueOf(parts.get(1)));
    return Math.floorDiv(event, 1_000_000L) == second
        ? Optional.of(new RedisMark(event, created, parts.get(2)))
        : Optional.empty();
  }
}
