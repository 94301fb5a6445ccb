package mlops.cli.github;

import java.util.Optional;
import java.util.regex.Pattern;
import mlops.error.MlopsException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which repository a command is about, and which run of it. */
final class RepositoryOption {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]+/[A-Za-z0-9._-]+");

  @Option(names = "--repo", paramLabel = "OWNER/NAME", description = "The repository.")
  @Nullable String repository;

  /** As the user spells it, if he names one. */
  Optional<String> find() {
    Optional<String> named = Optional.ofNullable(repository);
    named.ifPresent(RepositoryOption::check);
    return named;
  }

  static void check(String name) {
    if (!NAME.matcher(name).matches()) {
      throw MlopsException.invalid(
          "--repo is \"%s\"".formatted(name), "Give it as OWNER/NAME, such as octo-org/taxi.");
    }
  }

  /** The number of a run. */
  static String run(String id) {
    if (!id.matches("\\d{1,18}")) {
      throw MlopsException.invalid(
          "--run is \"%s\"".formatted(id), "Give the number of a run: gh run list shows them.");
    }
    return id;
  }
}
