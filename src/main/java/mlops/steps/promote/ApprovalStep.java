package mlops.steps.promote;

import java.util.Optional;
import mlops.MlopsException;
import mlops.plan.Change;
import mlops.plan.Notes;
import mlops.plan.Output;
import mlops.plan.Step;

/** Somebody approved exactly these files. */
final class ApprovalStep implements Step {
  private final String environment;
  private final Optional<String> approved;
  private final Output<Candidate> candidate;

  /**
   * @param approved the hash that was given with {@code --approve}
   */
  ApprovalStep(String environment, Optional<String> approved, Output<Candidate> candidate) {
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

  @Override
  public void apply(Notes notes) {
    notes.say(check().reason());
  }
}
