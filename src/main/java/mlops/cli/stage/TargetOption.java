package mlops.cli.stage;

import java.util.List;
import java.util.Locale;
import mlops.error.MlopsException;
import mlops.profile.Profile;
import mlops.yaml.SpellingSuggestion;

/** An option that names one of the environments of the profile that a model is put to work in. */
final class TargetOption {

  /**
   * The target that was named.
   *
   * @param option the option, such as {@code --to}
   * @throws MlopsException INVALID where the profile has no such target
   */
  static Profile.Target of(Profile profile, String option, String name) {
    return profile
        .target(name.toLowerCase(Locale.ROOT))
        .orElseThrow(() -> unknown(profile, option, name));
  }

  private static MlopsException unknown(Profile profile, String option, String name) {
    String training = profile.training().name();
    List<String> names = profile.targets().stream().map(Profile.Target::name).toList();
    if (names.isEmpty()) {
      return MlopsException.invalid(
          "%s '%s': the profile has no environment but %s, where models are trained"
              .formatted(option, name, training),
          "Add the environments that models go to below it, under environments: of the profile.");
    }
    String hint =
        name.equalsIgnoreCase(training)
            ? training + " is where models are trained; nothing is promoted there."
            : SpellingSuggestion.wayOut(
                name,
                names,
                "These are the environments of the profile that models are promoted to.");
    return MlopsException.invalid(
        "%s '%s' is none of: %s".formatted(option, name, String.join(", ", names)), hint);
  }

  private TargetOption() {}
}
