package mlops.steps.promote;

import java.util.List;
import java.util.Optional;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.steps.Lineage;
import mlops.steps.delivery.CandidateModel;
import mlops.steps.delivery.ModelSource;

/** Somebody approved exactly these files; what is there already was approved when it came. */
final class ApprovalStep implements Step {
  private final ModelSource model;
  private final ServedModel goal;
  private final Optional<ApprovedHash> approved;
  private final Optional<String> dispatch;
  private final Output<CandidateModel> candidate;

  /**
   * @param model where it is promoted from
   * @param goal where the model goes
   * @param approved the hash that was given with {@code --approve}
   * @param dispatch what gives it to a job of a workflow, up to the hash
   */
  ApprovalStep(
      ModelSource model,
      ServedModel goal,
      Optional<ApprovedHash> approved,
      Optional<String> dispatch,
      Output<CandidateModel> candidate) {
    this.model = model;
    this.dispatch = dispatch;
    this.goal = goal;
    this.approved = approved;
    this.candidate = candidate;
  }

  @Override
  public String describe() {
    return "approval for " + goal.environment();
  }

  @Override
  public Change check() {
    if (candidate.ifKnown().isEmpty()) {
      return Change.run("needs an approval");
    }
    String needed = candidate.get().approvalHash();
    if (approved.isPresent()) {
      requireThis(approved.get(), candidate.get().lineage().manifest().hash());
      return Change.none("approved: " + needed);
    }
    String version = candidate.get().version();
    if (!goal.versionsOf(candidate.get()).isEmpty()) {
      return Change.none(
          "version %s is in %s already, with these files".formatted(version, goal.environment()));
    }
    throw MlopsException.refused(
        "ApprovalRequired",
        "%s needs an approval of version %s of the model".formatted(goal.environment(), version),
        dispatch
                .map("Whoever looked at it runs: "::concat)
                .orElse("Whoever looked at it runs this with: --approve ")
            + needed);
  }

  private void requireThis(ApprovedHash given, String hash) {
    String needed = candidate.get().approvalHash();
    if (!given.fits(hash)) {
      throw MlopsException.refused(
          "ApprovalForAnother",
          "the approval is for %s, but version %s of the model is %s"
              .formatted(given.digits(), candidate.get().version(), needed),
          "Look at what changed, then approve this one: " + dispatch.orElse("--approve ") + needed);
    }
    List<String> all =
        model.versions().stream().map(version -> Lineage.of(version).manifest().hash()).toList();
    if (given.isAmbiguous(hash, all)) {
      throw MlopsException.refused(
          "ApprovalAmbiguous",
          "the approval for %s fits several versions of the model".formatted(given.digits()),
          "Approve this one by more digits: " + dispatch.orElse("--approve ") + hash);
    }
  }

  @Override
  public void apply(StepMessages messages) {
    messages.say(check().reason());
  }
}
