package mlops.steps.promote;

import java.util.Optional;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/** Somebody approved exactly these files; what is there already was approved when it came. */
final class ApprovalStep implements Step {
  private final ServedModel goal;
  private final Optional<String> approved;
  private final Optional<String> dispatch;
  private final Output<CandidateModel> candidate;

  /**
   * @param goal where the model goes
   * @param approved the hash that was given with {@code --approve}
   * @param dispatch what gives it to a job of a workflow, up to the hash
   */
  ApprovalStep(
      ServedModel goal,
      Optional<String> approved,
      Optional<String> dispatch,
      Output<CandidateModel> candidate) {
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
    if (approved.filter(needed::equals).isPresent()) {
      return Change.none("approved: " + needed);
    }
    String version = candidate.get().version();
    if (approved.isEmpty() && !goal.versionsOf(candidate.get()).isEmpty()) {
      return Change.none(
          "version %s is in %s already, with these files".formatted(version, goal.environment()));
    }
    if (approved.isPresent()) {
      throw MlopsException.refused(
          "ApprovalForAnother",
          "the approval is for %s, but version %s of the model is %s"
              .formatted(approved.get(), version, needed),
          "Look at what changed, then approve this one: " + dispatch.orElse("--approve ") + needed);
    }
    throw MlopsException.refused(
        "ApprovalRequired",
        "%s needs an approval of version %s of the model".formatted(goal.environment(), version),
        dispatch
                .map("Whoever looked at it runs: "::concat)
                .orElse("Whoever looked at it runs this with: --approve ")
            + needed);
  }

  @Override
  public void apply(StepMessages notes) {
    notes.say(check().reason());
  }
}
