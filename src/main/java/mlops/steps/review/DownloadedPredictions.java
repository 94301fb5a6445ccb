package mlops.steps.review;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import mlops.azure.Azure;
import mlops.azure.ml.Workspace;
import mlops.profile.Profile;
import mlops.steps.PredictionOrigin;

/**
 * The predictions of a target, as batch-score downloads them.
 *
 * @param folder that of all targets
 */
record DownloadedPredictions(Azure azure, Profile profile, Profile.Target target, Path folder) {

  String environment() {
    return target.name();
  }

  private Path file() {
    return folder.resolve(environment()).resolve("predictions.csv");
  }

  /** The command that puts them where they are looked for. */
  private String scoring() {
    boolean usual = folder.equals(Path.of("predictions", profile.suffix()));
    return "mlops batch-score --env %s%s"
        .formatted(environment(), usual ? "" : " --download " + folder);
  }

  /** Throws where they are of another Azure, or of what served before. */
  void requireCurrent() {
    PredictionOrigin.requireCurrent(azure, profile, target, file(), scoring());
  }

  /** Throws where there are none. */
  PredictionFile read() {
    return PredictionFile.read(file(), environment(), scoring());
  }

  /** Those that are there; what is of another Azure or suffix does not count. */
  Optional<PredictionFile> find() {
    String workspace =
        new Workspace(azure, profile.resourceGroups().ml(), target.environment().workspace()).id();
    return Files.isRegularFile(file()) && PredictionOrigin.another(file(), workspace).isEmpty()
        ? Optional.of(read())
        : Optional.empty();
  }
}
