package mlops.steps.drift;

import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/**
 * A look that could not be made, among those that could.
 *
 * @param what it was to look at
 * @param failure why it could not
 */
record UnansweredStep(String what, RuntimeException failure) implements Step {
  @Override
  public String describe() {
    return what;
  }

  @Override
  public Change check() {
    throw failure;
  }

  @Override
  public void apply(StepMessages notes) {
    throw failure;
  }
}
