package mlops.profile;

import java.nio.file.Path;
import mlops.error.MlopsException;
import mlops.profile.Profile.Environment;
import mlops.profile.Profile.Stages;
import mlops.profile.Profile.Training;

/** A profile that trains with features: by another pipeline, under another name of the model. */
public final class FeatureProfile {
  /** The end of the ids of its steps where there are those of a training without features, too. */
  public static final String MARK = ".features";

  /**
   * The same profile with that training in place of its own.
   *
   * @throws MlopsException INVALID where it names none
   */
  public static Profile of(Profile profile) {
    FeatureTraining features = training(profile);
    Training own = profile.training();
    Training training =
        new Training(named(own.environment(), features.model()), features.pipeline(), own.assets());
    return new Profile(
        profile.folder(),
        profile.suffix(),
        profile.account(),
        profile.shared(),
        new Stages(training, profile.targets()),
        profile.gate(),
        profile.approvals(),
        profile.gitHub(),
        profile.python(),
        profile.sparkMaster(),
        profile.promotion(),
        profile.features());
  }

  /** Whether a profile trains as its features say. */
  public static boolean isOne(Profile profile) {
    Training training = profile.training();
    return profile
        .features()
        .training()
        .filter(f -> f.pipeline().equals(training.pipeline()))
        .filter(f -> f.model().equals(training.environment().model()))
        .isPresent();
  }

  /**
   * The pipeline that gets the features of what is to be scored.
   *
   * @throws MlopsException INVALID where the profile names none
   */
  public static Path retrieval(Profile profile) {
    return training(profile)
        .retrieval()
        .orElseThrow(
            () ->
                MlopsException.invalid(
                    "--features: the profile does not say how to get features for scoring",
                    "Add to features: retrieval: dev/retrieval.yml."));
  }

  private static FeatureTraining training(Profile profile) {
    return profile
        .features()
        .training()
        .orElseThrow(
            () ->
                MlopsException.invalid(
                    "--features: the profile does not say how to train with features",
                    "Add to features: pipeline: dev/pipeline-features.yml and model: NAME."));
  }

  private static Environment named(Environment own, String model) {
    return new Environment(
        own.name(),
        own.workspace(),
        own.displayName(),
        own.compute(),
        own.environment(),
        model,
        own.blobs());
  }

  private FeatureProfile() {}
}
