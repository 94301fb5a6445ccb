package mlops.cli.rehearsal;

import java.util.List;
import java.util.Optional;
import mlops.emulator.github.account.Repository;
import mlops.emulator.github.actions.GitHubActions;
import mlops.error.MlopsException;

/** The repositories of the local GitHub whose workflows may log in. */
final class ConnectedRepositories {
  private static final String VARIABLE = "MLOPS_CONNECTED";

  /**
   * The one that is meant.
   *
   * @param named by the command line
   */
  static Repository choose(GitHubActions actions, Optional<String> named) {
    List<Repository> connected =
        actions.directory().repositories().stream()
            .filter(r -> actions.variables().find(r.path(), VARIABLE).isPresent())
            .toList();
    if (named.isPresent()) {
      Repository repository =
          actions
              .directory()
              .repository(named.get())
              .orElseThrow(() -> unknown(actions, named.get()));
      requireConnected(actions, repository, connected);
      return repository;
    }
    if (connected.size() > 1) {
      throw MlopsException.invalid(
          "%d repositories are connected".formatted(connected.size()), "Name one with --repo.");
    }
    return connected.stream().findFirst().orElseThrow(() -> notConnected("octo-org/taxi"));
  }

  private static void requireConnected(
      GitHubActions actions, Repository repository, List<Repository> connected) {
    boolean byHand = !actions.environments().all(repository).isEmpty();
    if (!byHand && connected.stream().noneMatch(r -> r.number() == repository.number())) {
      throw notConnected(repository.fullName());
    }
  }

  private static MlopsException unknown(GitHubActions actions, String name) {
    List<String> there =
        actions.directory().repositories().stream().map(Repository::fullName).toList();
    return MlopsException.invalid(
        "The local GitHub has no repository " + name,
        "It has " + String.join(" and ", there) + ".");
  }

  private static MlopsException notConnected(String name) {
    return MlopsException.invalid(
        "No repository of the local GitHub may log in to Azure yet",
        "Run mlops github connect --repo %s first.".formatted(name));
  }

  private ConnectedRepositories() {}
}
