package mlops.portal.shown;

import java.time.Duration;
import java.util.Locale;

/** Times, durations and sizes as a page shows them. */
public final class Figures {
  private static final int SECOND = 19;

  /** An instant in ISO 8601, to the second, in UTC; empty where it is none. */
  public static String time(String instant) {
    return instant.length() < SECOND ? instant : instant.substring(0, SECOND).replace('T', ' ');
  }

  public static String duration(Duration time) {
    if (time.toMinutes() == 0) {
      return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
    return time.toHours() == 0
        ? "%d min %d s".formatted(time.toMinutes(), time.toSecondsPart())
        : "%d h %d min".formatted(time.toHours(), time.toMinutesPart());
  }

  /** In the units of the disk: a kilobyte has 1000 bytes. */
  public static String bytes(long bytes) {
    if (bytes < 1000) {
      return bytes == 1 ? "1 byte" : bytes + " bytes";
    }
    return bytes < 1_000_000
        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
        : String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6);
  }

  /** Four digits behind the point are enough to look at. */
  public static String metric(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.4f", value);
  }

  private Figures() {}
}
