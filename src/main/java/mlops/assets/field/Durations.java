package mlops.assets.field;

import java.time.Duration;

/** Durations as Azure ML writes them. */
final class Durations {

  /** {@code PT1M30S} for 90 seconds, {@code P1DT2H} for 26 hours. */
  static String iso(long seconds) {
    Duration duration = Duration.ofSeconds(seconds);
    long days = duration.toDays();
    if (days == 0) {
      return duration.toString();
    }
    Duration rest = duration.minusDays(days);
    return "P%dD%s".formatted(days, rest.isZero() ? "" : rest.toString().substring(1));
  }

  private Durations() {}
}
