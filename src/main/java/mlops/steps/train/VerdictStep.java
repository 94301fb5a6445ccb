package mlops.steps.train;

import mlops.MlopsException;
import mlops.plan.Change;
import mlops.plan.Notes;
import mlops.plan.Output;
import mlops.plan.Step;

/** The model passed its gate. A model that did not is refused, and nothing is registered. */
final class VerdictStep implements Step {
  private final Verdicts verdicts;
  private final Output<String> job;
  private final Output<Verdict> verdict;

  VerdictStep(Verdicts verdicts, Output<String> job, Output<Verdict> verdict) {
    this.verdicts = verdicts;
    this.job = job;
    this.verdict = verdict;
  }

  @Override
  public String describe() {
    return "verdict of the gate";
  }

  @Override
  public Change check() {
    if (job.ifKnown().isEmpty()) {
      return Change.run("judge the model");
    }
    return verdicts.of(job.get()).map(this::judge).orElseGet(() -> Change.run("judge the model"));
  }

  private Change judge(Verdict found) {
    verdict.set(found);
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
    throw MlopsException.failed(
        "NoVerdict",
        "job %s ended without a verdict: it has no output deploy_flag".formatted(job.get()),
        "The pipeline needs an output deploy_flag with a file deploy_flag.json.");
  }
}
