package mlops.azure;

import com.azure.core.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often one request may be sent again, and when. A service that is busy is waited for up to
 * five minutes; one that breaks or gives no answer is given up after five tries, so that a dead
 * host is told in seconds.
 */
final class RetryBudget {
  private static final int MOST_BUSY = 16;
  private static final int MOST_BROKEN = 4;
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final int LONGEST_STEPS = 6;

  private final Duration first;
  private Duration waited = Duration.ZERO;
  private int busy;
  private int broken;

  /**
   * @param first the pause before the second try; each later one is twice as long, up to 64 times
   */
  RetryBudget(Duration first) {
    this.first = first;
  }

  /** How long to wait before a busy service is asked again; empty where that is too long. */
  Optional<Duration> afterBusy(HttpResponse response) {
    return busy++ < MOST_BUSY ? pause(busy, response) : Optional.empty();
  }

  /** The same of one that failed. */
  Optional<Duration> afterFailure(HttpResponse response) {
    return broken++ < MOST_BROKEN ? pause(broken, response) : Optional.empty();
  }

  /** The same of one that gave no answer. */
  Optional<Duration> afterSilence() {
    return broken++ < MOST_BROKEN ? pause(broken, Duration.ZERO) : Optional.empty();
  }

  int tries() {
    return busy + broken;
  }

  private Optional<Duration> pause(int failures, HttpResponse response) {
    return pause(failures, RetryAfter.in(response).orElse(Duration.ZERO));
  }

  /**
   * Never less than the service asks for; a quarter by chance, so that many do not come at once.
   */
  private Optional<Duration> pause(int failures, Duration asked) {
    Duration own = first.multipliedBy(1L << Math.min(failures - 1, LONGEST_STEPS));
    long jitter = ThreadLocalRandom.current().nextLong(own.toNanos() / 4 + 1);
    Duration pause = (asked.compareTo(own) > 0 ? asked : own).plusNanos(jitter);
    waited = waited.plus(pause);
    return waited.compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(pause);
  }
}
