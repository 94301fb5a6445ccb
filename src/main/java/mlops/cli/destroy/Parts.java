package mlops.cli.destroy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mlops.error.MlopsException;
import mlops.profile.Profile;
import mlops.yaml.SpellingSuggestion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which parts of the profile's Azure a command is about: all, where none are named. */
final class Parts {

  /** The kinds of parts. */
  enum Kind {
    ENDPOINT,
    ENVIRONMENT
  }

  @Option(
      names = "--what",
      paramLabel = "endpoint|environment",
      description =
          "Only a part: the endpoint of an environment, or all that is one environment's.")
  @Nullable Kind what;

  @Option(
      names = "--old-deployments",
      description = "Only the deployments that neither serve nor did so before the one that does.")
  boolean oldDeployments;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "With --what: the environment of the profile, or the name of its endpoint.")
  @Nullable String name;

  /** Mistakes in what was typed, before anything is looked at. */
  void check() {
    if (what != null && oldDeployments) {
      throw MlopsException.invalid(
          "--what and --old-deployments are two different parts", "Give one of them.");
    }
    if (what != null && name == null) {
      throw MlopsException.invalid(
          "--what %s needs a name".formatted(what.name().toLowerCase(Locale.ROOT)),
          "Name an environment of the profile, such as test.");
    }
    if (what == null && name != null) {
      throw MlopsException.invalid(
          "'%s': a name alone does not say what of it goes".formatted(name),
          "Add --what environment, or --what endpoint. Without both, all goes.");
    }
  }

  /** Whether everything is meant. */
  boolean isAll() {
    return what == null && !oldDeployments;
  }

  /** The environment that is meant; empty where something else is. */
  Optional<Profile.Environment> environment(Profile profile) {
    if (what != Kind.ENVIRONMENT) {
      return Optional.empty();
    }
    return Optional.of(
        profile.environments().stream()
            .filter(e -> e.name().equalsIgnoreCase(name))
            .findFirst()
            .orElseThrow(
                () ->
                    unknown(
                        profile.environments().stream().map(Profile.Environment::name).toList())));
  }

  /** The target whose endpoint is meant; empty where something else is. */
  Optional<Profile.Target> endpoint(Profile profile) {
    if (what != Kind.ENDPOINT) {
      return Optional.empty();
    }
    return Optional.of(
        profile.targets().stream()
            .filter(t -> t.name().equalsIgnoreCase(name) || t.endpointName().equals(name))
            .findFirst()
            .orElseThrow(
                () -> unknown(profile.targets().stream().map(Profile.Target::name).toList())));
  }

  private MlopsException unknown(List<String> names) {
    String given = String.valueOf(name);
    return MlopsException.invalid(
        "'%s' is none of: %s".formatted(given, String.join(", ", names)),
        SpellingSuggestion.wayOut(given, names, "These are those of the profile."));
  }
}
