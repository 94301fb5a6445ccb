package mlops.emulator.github.environment;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import mlops.emulator.github.account.GitHubDirectory;
import mlops.emulator.github.account.Repository;
import mlops.emulator.state.StateTree;

/** The environments of repositories, as documents below them. Names ignore case. */
public final class DeploymentEnvironments {
  private final GitHubDirectory directory;
  private final StateTree state;
  private final Clock clock;

  public DeploymentEnvironments(GitHubDirectory directory, Clock clock) {
    this.directory = directory;
    this.state = directory.state();
    this.clock = clock;
  }

  /** In the order in which they were made. */
  public List<DeploymentEnvironment> all(Repository repository) {
    return state
        .list(repository.path() + "/environments", d -> DeploymentEnvironment.of(repository, d))
        .stream()
        .sorted(Comparator.comparingLong(DeploymentEnvironment::number))
        .toList();
  }

  public Optional<DeploymentEnvironment> find(Repository repository, String name) {
    return all(repository).stream().filter(e -> e.name().equalsIgnoreCase(name)).findFirst();
  }

  /** Makes an environment, or changes what protects it. */
  public DeploymentEnvironment protect(Repository repository, String name, Protection protection) {
    return state.exclusively(
        () -> {
          String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
          DeploymentEnvironment environment =
              find(repository, name)
                  .map(e -> changed(e, now, protection))
                  .orElseGet(
                      () ->
                          new DeploymentEnvironment(
                              repository.path(),
                              directory.nextNumber(),
                              name,
                              now,
                              now,
                              protection));
          state.write(environment.path(), environment.document());
          return environment;
        });
  }

  private static DeploymentEnvironment changed(
      DeploymentEnvironment old, String now, Protection protection) {
    return new DeploymentEnvironment(
        old.repository(), old.number(), old.name(), old.createdAt(), now, protection);
  }

  public void delete(DeploymentEnvironment environment) {
    state.exclusively(() -> state.delete(environment.path()));
  }
}
