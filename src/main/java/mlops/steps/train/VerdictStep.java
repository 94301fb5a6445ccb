package mlops.steps.train;

import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Notes;
import mlops.plan.Output;
import mlops.plan.Step;

/** The model passed its gate. A model that did not is refused, and nothing is registered. */
final class VerdictStep implements Step {
  private final Output<GateVerdict> verdict;

  VerdictStep(Output<GateVerdict> verdict) {
    this.verdict = verdict;
  }

  @Override
  public String describe() {
    return "verdict of the gate";
  }

  @Override
  public Change check() {
    return verdict.ifKnown().map(VerdictStep::judge).orElseGet(() -> Change.run("judge the model"));
  }

  private static Change judge(GateVerdict found) {
    if (!found.yes()) {
      throw MlopsException.refused(
          "GateRefused",
          found.sentence(),
          "Nothing was registered. Change the data, the code or the parameters, or the limits under gate: in the profile.");
    }
    return Change.none(found.sentence());
  }

  @Override
  public void apply(Notes notes) {
    throw new IllegalStateException("the verdict is known once the metrics are");
  }
}
