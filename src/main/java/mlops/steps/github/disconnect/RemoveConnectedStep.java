package mlops.steps.github.disconnect;

import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.steps.github.ConnectedVariable;

/** The repository is connected no more: its workflow does not run. Last, for it knows the rest. */
final class RemoveConnectedStep implements Step {
  private final ConnectedVariable connected;

  RemoveConnectedStep(ConnectedVariable connected) {
    this.connected = connected;
  }

  @Override
  public String describe() {
    return "variable " + ConnectedVariable.NAME;
  }

  @Override
  public Change check() {
    return connected.made().isPresent()
        ? Change.delete("the workflow does not run without it")
        : Change.none("is not there");
  }

  @Override
  public void apply(StepMessages messages) {
    connected.delete();
  }
}
