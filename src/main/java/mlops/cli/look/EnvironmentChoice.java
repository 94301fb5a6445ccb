package mlops.cli.look;

import java.util.List;
import mlops.error.MlopsException;
import mlops.profile.Profile;
import mlops.yaml.SpellingSuggestion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --env} of commands that look at one environment, or at all. */
final class EnvironmentChoice {
  @Option(
      names = "--env",
      paramLabel = "ENV",
      description = "One environment of the profile, such as dev (all of them).")
  @Nullable String env;

  /**
   * The environments to look at, in the order of promotion.
   *
   * @throws MlopsException INVALID where the profile has none of that name
   */
  List<Profile.Environment> of(Profile profile) {
    return of(profile, env);
  }

  /** The one of that name, or all where none is wanted. */
  static List<Profile.Environment> of(Profile profile, @Nullable String wanted) {
    List<Profile.Environment> all = profile.environments();
    if (wanted == null) {
      return all;
    }
    List<String> names = all.stream().map(Profile.Environment::name).toList();
    List<Profile.Environment> found =
        all.stream().filter(e -> e.name().equalsIgnoreCase(wanted)).toList();
    if (found.isEmpty()) {
      throw MlopsException.invalid(
          "--env '%s' is none of: %s".formatted(wanted, String.join(", ", names)),
          SpellingSuggestion.wayOut(wanted, names, "These are the environments of the profile."));
    }
    return found;
  }
}
