package mlops.steps;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import mlops.azure.time.Deadline;
import mlops.azure.time.GrowingPause;
import mlops.error.MlopsException;
import mlops.plan.StepMessages;

/** Polls until a condition holds that Azure takes its time for, or a deadline is over. */
public final class Polling {
  /**
   * Waits.
   *
   * @param holds the condition to wait for
   * @param words what is waited for, said once and only where it takes time
   * @return false where it does not hold when the deadline is over
   * @throws MlopsException if the command is being interrupted
   */
  public static boolean until(
      BooleanSupplier holds,
      Deadline deadline,
      Duration pause,
      StepMessages messages,
      String words) {
    return until(holds, () -> Duration.ZERO, deadline, pause, messages, words);
  }

  /**
   * The same of a service that may say how long it wants to be left alone.
   *
   * @param asked what it said when the condition was looked at; the deadline bounds it
   */
  static boolean until(
      BooleanSupplier holds,
      Supplier<Duration> asked,
      Deadline deadline,
      Duration pause,
      StepMessages messages,
      String words) {
    boolean said = false;
    Duration waited = Duration.ZERO;
    while (!holds.getAsBoolean()) {
      if (deadline.isOver()) {
        return false;
      }
      heed(messages);
      if (!said) {
        messages.say(words);
        said = true;
      }
      Duration next = longer(GrowingPause.after(waited, pause), asked.get());
      rest(next, deadline, pause, messages);
      waited = waited.plus(next);
    }
    return true;
  }

  /** A long wait in parts, so that the user may end it. */
  private static void rest(Duration all, Deadline deadline, Duration part, StepMessages messages) {
    Duration left = all;
    while (left.compareTo(Duration.ZERO) > 0 && !deadline.isOver()) {
      heed(messages);
      Duration next = part.isZero() || left.compareTo(part) < 0 ? left : part;
      deadline.pause(next);
      left = left.minus(next);
    }
  }

  private static void heed(StepMessages messages) {
    if (messages.interrupted()) {
      throw MlopsException.failed("Interrupted", "interrupted while waiting", "Run it again.");
    }
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private Polling() {}
}
