package mlops.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import mlops.error.MlopsException;

/**
 * The newest moment at which a local Azure was used. Where the clock was set back since, its roles
 * and tokens begin in the future: commands would wait for them, or be denied, and not say why.
 */
public final class LocalClock {
  private static final Duration TOLERANCE = Duration.ofMinutes(1);
  private static final Duration WORTH_NOTING = Duration.ofSeconds(10);
  private static final String FILE = ".clock";

  /**
   * Looks and notes.
   *
   * @throws MlopsException FAILED where the clock was set back
   */
  static void check(Path folder, Clock clock) throws IOException {
    Instant seen = require(folder, clock);
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    if (now.isAfter(seen.plus(WORTH_NOTING))) {
      Path fresh = folder.resolve(FILE + "-" + UUID.randomUUID());
      Files.writeString(fresh, now.toString());
      Files.move(
          fresh,
          folder.resolve(FILE),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /**
   * Looks only; the newest moment that was noted.
   *
   * @throws MlopsException as {@link #check} does
   */
  public static Instant require(Path folder, Clock clock) throws IOException {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant seen = seen(folder.resolve(FILE));
    if (now.isBefore(seen.minus(TOLERANCE))) {
      throw MlopsException.failed(
          "ClockMoved",
          "the clock of this machine was set back: it is %s now, and the local Azure in %s was used at %s already, %s later"
              .formatted(now, folder, seen, words(Duration.between(now, seen))),
          "Set the clock right: roles and tokens count by it. If it is right now and was wrong"
              + " before, wait, or start anew with `mlops local reset`.");
    }
    return seen;
  }

  private static Instant seen(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Instant.EPOCH;
    }
    try {
      return Instant.parse(Files.readString(file).strip());
    } catch (DateTimeException e) {
      return Instant.EPOCH; // what cannot be read is noted anew
    }
  }

  private static String words(Duration duration) {
    long minutes = duration.toMinutes();
    return minutes < 60 ? minutes + " min" : "%d h %d min".formatted(minutes / 60, minutes % 60);
  }

  private LocalClock() {}
}
