package mlops.steps.promote;

import java.util.function.BooleanSupplier;
import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/** A step of a promotion, looked at only where something was promoted. */
record WherePromotedStep(Step step, BooleanSupplier promoted) implements Step {

  @Override
  public String describe() {
    return step.describe();
  }

  @Override
  public Change check() {
    return promoted.getAsBoolean() ? step.check() : Change.none("nothing was promoted yet");
  }

  @Override
  public void apply(StepMessages messages) {
    throw new IllegalStateException("looking changes nothing");
  }
}
