package mlops.steps;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import mlops.azure.time.Deadline;
import mlops.error.MlopsException;
import mlops.plan.StepMessages;

/** Polls until a condition holds that Azure takes its time for, or a deadline is over. */
public final class Polling {
  private static final int PART_OF_WAITED = 20;
  private static final Duration LONGEST = Duration.ofSeconds(30);

  /**
   * Waits.
   *
   * @param holds the condition to wait for
   * @param words what is waited for, said once and only where it takes time
   * @return false where it does not hold when the deadline is over
   * @throws MlopsException if the command is being interrupted
   */
  public static boolean until(
      BooleanSupplier holds, Deadline deadline, Duration pause, StepMessages notes, String words) {
    boolean said = false;
    Duration waited = Duration.ZERO;
    while (!holds.getAsBoolean()) {
      if (deadline.isOver()) {
        return false;
      }
      if (notes.interrupted()) {
        throw MlopsException.failed("Interrupted", "interrupted while waiting", "Run it again.");
      }
      if (!said) {
        notes.say(words);
        said = true;
      }
      Duration next = longer(pause, waited);
      deadline.pause(next);
      waited = waited.plus(next);
    }
    return true;
  }

  /** A wait is prolonged by a twentieth at most. */
  private static Duration longer(Duration pause, Duration waited) {
    Duration part = waited.dividedBy(PART_OF_WAITED);
    Duration grown = part.compareTo(LONGEST) < 0 ? part : LONGEST;
    return grown.compareTo(pause) > 0 ? grown : pause;
  }

  private Polling() {}
}
