package mlops;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other processes do. */
public final class Waiting {

  /** Returns once a condition holds, which must be within five minutes. */
  public static void until(BooleanSupplier condition) {
    Instant end = Instant.now().plus(Duration.ofMinutes(5));
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("it did not happen within five minutes");
      }
      LockSupport.parkNanos(5_000_000);
    }
  }

  private Waiting() {}
}
