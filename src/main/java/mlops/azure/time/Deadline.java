package mlops.azure.time;

import java.time.Duration;
import mlops.error.MlopsException;

/** A point in time until which something is tried again. */
public final class Deadline {
  private final Time time;
  private final long end;

  private Deadline(Time time, long end) {
    this.time = time;
    this.end = end;
  }

  /** In real time: for what runs outside of Azure's clock, such as jobs. */
  public static Deadline in(Duration limit) {
    return in(limit, Time.REAL);
  }

  public static Deadline in(Duration limit, Time time) {
    return new Deadline(time, time.nanos() + limit.toNanos());
  }

  public boolean isOver() {
    return time.nanos() - end >= 0;
  }

  /**
   * Waits before the next try, at most until the deadline.
   *
   * @throws MlopsException if the command is being interrupted
   */
  public void pause(Duration pause) {
    Duration left = Duration.ofNanos(Math.max(0, end - time.nanos()));
    try {
      time.sleep(pause.compareTo(left) < 0 ? pause : left);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw MlopsException.failed("Interrupted", "interrupted while waiting", "Run it again.", e);
    }
  }

  /**
   * Waits as long as a service asks for, all of it.
   *
   * @throws MlopsException as {@link #pause} does
   */
  public static void wait(Duration asked, Time time) {
    in(asked, time).pause(asked);
  }
}
