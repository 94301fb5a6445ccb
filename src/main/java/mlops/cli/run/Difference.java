package mlops.cli.run;

import mlops.error.MlopsException;
import mlops.plan.StepResult;

/** Whether a look found that something is not as it is wanted. */
public final class Difference {

  /** Also where Azure cannot change it: then the look itself says what differs, and the way out. */
  public static boolean is(StepResult result) {
    return isNeeded(result)
        || (result instanceof StepResult.Failed failed
            && failed.cause() instanceof MlopsException found
            && found.getCause() == null
            && found.kind() != MlopsException.Kind.INVALID);
  }

  /** What differs: a reason, or the message of what cannot be changed. */
  public static String words(StepResult result) {
    if (result instanceof StepResult.Failed failed) {
      return String.valueOf(failed.cause().getMessage());
    }
    return result instanceof StepResult.Planned planned ? planned.change().reason() : "";
  }

  static boolean isAsWanted(StepResult result) {
    return result instanceof StepResult.Planned && !isNeeded(result);
  }

  private static boolean isNeeded(StepResult result) {
    return result instanceof StepResult.Planned planned && planned.change().isNeeded();
  }

  private Difference() {}
}
