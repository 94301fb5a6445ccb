package mlops.features.online;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The values of one key at one time.
 *
 * @param key in the order of the index columns: texts, whole numbers as {@code Long} and so on;
 *     never null
 * @param event when they happened, in microseconds since 1970
 * @param created when they were written, where the source says so
 * @param values in the order of the features: {@code String}, {@code Integer}, {@code Long}, {@code
 *     Float}, {@code Double}, {@code Boolean}, {@code Instant}, {@code ByteBuffer} or null
 */
public record OnlineRow(
    List<Object> key, long event, Optional<Long> created, List<@Nullable Object> values) {

  public OnlineRow {
    key = List.copyOf(key);
    values = Collections.unmodifiableList(new ArrayList<>(values)); // null is a value
  }

  /** Whether this takes the place of another of its key: newer, or as new and written later. */
  boolean replaces(OnlineRow other) {
    return event != other.event
        ? event > other.event
        : created.orElse(Long.MIN_VALUE) >= other.created.orElse(Long.MIN_VALUE);
  }
}
