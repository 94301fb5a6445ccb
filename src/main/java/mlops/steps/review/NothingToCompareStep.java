package mlops.steps.review;

import java.util.List;
import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.profile.Profile;

/** With fewer than two targets there is nothing to hold against each other, and nothing wrong. */
record NothingToCompareStep(List<Profile.Target> targets) implements Step {

  private String reason() {
    return targets.isEmpty()
        ? "nothing to compare: the profile has no target"
        : "nothing to compare: the only target is " + targets.get(0).name();
  }

  @Override
  public String describe() {
    return "targets score alike";
  }

  @Override
  public Change check() {
    return Change.none(reason());
  }

  @Override
  public void apply(StepMessages messages) {
    messages.say(reason());
  }
}
