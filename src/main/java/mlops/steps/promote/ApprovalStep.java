package mlops.steps.promote;

import java.util.Optional;
import mlops.azure.ml.Workspace;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.steps.Lineage;

/** Somebody approved exactly these files; what is there already was approved when it came. */
final class ApprovalStep implements Step {
  private final String environment;
  private final Optional<String> approved;
  private final Output<CandidateModel> candidate;
  private final Workspace workspace;
  private final String model;

  /**
   * @param workspace where the model goes
   * @param model its name there
   * @param approved the hash that was given with {@code --approve}
   */
  ApprovalStep(
      Workspace workspace,
      String model,
      String environment,
      Optional<String> approved,
      Output<CandidateModel> candidate) {
    this.workspace = workspace;
    this.model = model;
    this.environment = environment;
    this.approved = approved;
    this.candidate = candidate;
  }

  @Override
  public String describe() {
    return "approval for " + environment;
  }

  @Override
  public Change check() {
    if (candidate.ifKnown().isEmpty()) {
      return Change.run("needs an approval");
    }
    String needed = candidate.get().approvalHash();
    if (approved.filter(needed::equals).isPresent()) {
      return Change.none("approved: " + needed);
    }
    String version = candidate.get().version();
    if (approved.isEmpty() && isThere()) {
      return Change.none(
          "version %s is in %s already, with these files".formatted(version, environment));
    }
    if (approved.isPresent()) {
      throw MlopsException.refused(
          "ApprovalForAnother",
          "the approval is for %s, but version %s of the model is %s"
              .formatted(approved.get(), version, needed),
          "Look at what changed, then approve this one: --approve " + needed);
    }
    throw MlopsException.refused(
        "ApprovalRequired",
        "%s needs an approval of version %s of the model".formatted(environment, version),
        "Whoever looked at it runs this with: --approve " + needed);
  }

  private boolean isThere() {
    return workspace.find().isPresent()
        && workspace.versions("models", model).stream()
            .map(Lineage::of)
            .anyMatch(there -> there.manifest().equals(candidate.get().lineage().manifest()));
  }

  @Override
  public void apply(StepMessages notes) {
    notes.say(check().reason());
  }
}
