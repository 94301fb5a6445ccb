package mlops.cli.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * When a pipe is told again that something goes on: 20 seconds after the last word, then each
 * minute, so that nobody takes a long job for one that hangs.
 */
final class Heartbeat {
  private static final Duration FIRST = Duration.ofSeconds(20);
  private static final Duration LATER = Duration.ofMinutes(1);

  private final Clock clock;
  private Instant last;
  private Duration pause = FIRST;

  Heartbeat(Clock clock) {
    this.clock = clock;
    this.last = clock.instant();
  }

  /** Something else was said. */
  synchronized void said() {
    last = clock.instant();
    pause = FIRST;
  }

  /** Whether it is time to say something; the next time is later, then. */
  synchronized boolean isDue() {
    return isDue(Duration.ZERO);
  }

  /** The same, so much later: others who have more to tell come first. */
  synchronized boolean isDue(Duration later) {
    if (clock.instant().isBefore(last.plus(pause).plus(later))) {
      return false;
    }
    last = clock.instant();
    pause = LATER;
    return true;
  }
}
