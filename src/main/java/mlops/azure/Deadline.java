package mlops.azure;

import java.time.Duration;
import mlops.error.MlopsException;

/** A point in time until which something is tried again. */
public final class Deadline {
  private final long end;

  private Deadline(long end) {
    this.end = end;
  }

  public static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  public boolean isOver() {
    return System.nanoTime() - end >= 0;
  }

  /**
   * Waits before the next try, at most until the deadline.
   *
   * @throws MlopsException if the command is being interrupted
   */
  public void pause(Duration pause) {
    try {
      Thread.sleep(Math.max(0, Math.min(pause.toMillis(), (end - System.nanoTime()) / 1_000_000)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw MlopsException.failed("Interrupted", "interrupted while waiting", "Run it again.", e);
    }
  }
}
