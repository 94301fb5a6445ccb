package mlops.cli.features;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import mlops.error.MlopsException;
import mlops.profile.FeatureWindow;
import org.jspecify.annotations.Nullable;

/** Times that a user gives: a day, which is its start in UTC, or a time with an offset. */
final class Times {

  /** The time that is given; now where none is. */
  static Instant at(String option, @Nullable String text, Clock clock) {
    return given(option, text).orElseGet(clock::instant);
  }

  /** The time that is given; empty where none is. */
  static Optional<Instant> given(String option, @Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    Optional<Instant> time = FeatureWindow.time(text);
    if (time.isEmpty()) {
      throw MlopsException.invalid(
          "%s is %s, and neither a day nor a time with an offset".formatted(option, text),
          "Write it like 2026-03-04 (UTC) or 2026-03-04T10:00:00Z.");
    }
    return time;
  }

  private Times() {}
}
