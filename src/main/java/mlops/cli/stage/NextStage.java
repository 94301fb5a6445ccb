package mlops.cli.stage;

import java.util.List;
import java.util.Optional;
import mlops.profile.Profile;
import mlops.steps.train.Train;

/** What comes after a stage of the journey, in the words of a command. */
public final class NextStage {

  /** After a training: what was registered goes on; a job that registers nothing is looked at. */
  static Optional<String> afterTraining(Profile profile, Train train, boolean features) {
    if (train.version().ifKnown().isEmpty()) {
      return train.job().ifKnown().map(job -> "logs " + job);
    }
    List<Profile.Target> targets = profile.targets();
    return Optional.of(targets.isEmpty() ? "report" : promotion(profile, targets.get(0), features));
  }

  /** After an environment has scored: the next one, or the review. */
  static Optional<String> afterScoring(Profile profile, String environment, boolean features) {
    List<Profile.Target> targets = profile.targets();
    int next = 1;
    while (!targets.get(next - 1).name().equalsIgnoreCase(environment)) {
      next++;
    }
    String review = targets.size() > 1 ? "compare" : "report";
    return Optional.of(
        next < targets.size() ? promotion(profile, targets.get(next), features) : review);
  }

  /** Where somebody has to approve, the plan shows him what. */
  public static String promotion(Profile profile, Profile.Target target) {
    boolean asked = Boolean.TRUE.equals(profile.approvals().get(target.name()));
    return "promote --to " + target.name() + (asked ? " --plan" : "");
  }

  private static String promotion(Profile profile, Profile.Target target, boolean features) {
    return promotion(profile, target) + features(features);
  }

  /** What goes on with the model that was trained with features says so. */
  static String features(boolean features) {
    return features ? " --features" : "";
  }

  private NextStage() {}
}
