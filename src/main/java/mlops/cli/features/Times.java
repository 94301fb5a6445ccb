package mlops.cli.features;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import mlops.error.MlopsException;
import org.jspecify.annotations.Nullable;

/** Times that a user gives. */
final class Times {

  /** An instant with its offset; now where none is given. */
  static Instant at(String option, @Nullable String text, Clock clock) {
    if (text == null) {
      return clock.instant();
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw MlopsException.invalid(
          "%s is %s, and no time with an offset".formatted(option, text),
          "Write it like 2026-03-04T10:00:00Z.");
    }
  }

  private Times() {}
}
