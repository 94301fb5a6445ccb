package mlops.cli.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import mlops.cli.session.EnumOptionConverter;
import mlops.cli.session.GlobalOptions;
import mlops.error.LocatedMistake;
import mlops.error.MlopsException;
import mlops.features.CheckedDefinitions;
import mlops.profile.Profile;
import mlops.steps.doctor.HealthFinding;

/**
 * The profile, as far as it can be read.
 *
 * @param profile empty where there is none, or one that is broken
 */
record ProfileHealth(Optional<Profile> profile, HealthFinding finding) {

  static ProfileHealth of(GlobalOptions options, Map<String, String> variables) {
    Path file = options.profileFile();
    if (!options.namesProfile() && !Files.exists(file)) {
      return new ProfileHealth(
          Optional.empty(),
          HealthFinding.warning(
              "there is no mlops.yml here, so nothing of Azure was looked at",
              "mlops init makes one; --profile FILE names another."));
    }
    try {
      Profile profile = options.profile(variables);
      String words =
          "%s: suffix %s on %s, %s"
              .formatted(
                  file,
                  profile.suffix(),
                  EnumOptionConverter.word(profile.cloud()),
                  String.join(", ", profile.stages().names()));
      return new ProfileHealth(Optional.of(profile), HealthFinding.ok(words));
    } catch (MlopsException e) {
      return new ProfileHealth(Optional.empty(), HealthFinding.failed(words(e), e.hint()));
    }
  }

  /** The definitions of its features; empty where there are none. */
  Optional<HealthFinding> features() {
    return profile
        .map(p -> p.features().folder())
        .filter(Files::isDirectory)
        .map(ProfileHealth::features);
  }

  private static HealthFinding features(Path folder) {
    try {
      int sets = CheckedDefinitions.of(folder).definitions().sets().size();
      String words = sets == 1 ? "1 feature set is" : sets + " feature sets are";
      return HealthFinding.ok("%s: %s well formed".formatted(folder.getFileName(), words));
    } catch (MlopsException e) {
      return HealthFinding.failed(words(e), e.hint());
    }
  }

  /** All mistakes with their places, or what is said where there are none. */
  private static String words(MlopsException e) {
    if (e.mistakes().isEmpty()) {
      return e.message();
    }
    LocatedMistake first = e.mistakes().get(0);
    int more = e.mistakes().size() - 1;
    return "%s:%d:%d: %s%s"
        .formatted(
            first.file(),
            first.line(),
            first.column(),
            first.message(),
            more == 0 ? "" : ", and %d more".formatted(more));
  }
}
