package mlops.cli.terminal;

import java.time.Duration;
import java.util.Locale;

/** How long something took, in words. */
public final class Durations {

  /** {@code 0.3 s}, {@code 42 s} or {@code 3 min 5 s}. */
  public static String text(Duration elapsed) {
    long whole = elapsed.toSeconds();
    if (whole < 10) {
      return String.format(Locale.ROOT, "%.1f s", elapsed.toMillis() / 1000.0);
    }
    return whole < 60 ? whole + " s" : "%d min %d s".formatted(whole / 60, whole % 60);
  }

  /** The same in whole seconds, at least one: {@code 1 s}, {@code 42 s} or {@code 3 min 5 s}. */
  public static String rounded(Duration time) {
    long whole = Math.max(1, time.plusMillis(500).toSeconds());
    return whole < 10 ? whole + " s" : text(Duration.ofSeconds(whole));
  }

  private Durations() {}
}
