package mlops.emulator.github.actions;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import mlops.emulator.github.account.GitHubDirectory;
import mlops.emulator.github.account.Repository;
import mlops.emulator.http.Json;
import mlops.emulator.state.StateTree;

/** The workflow files that repositories are known to have, as documents below them. */
public final class Workflows {
  private final GitHubDirectory directory;
  private final StateTree state;
  private final Clock clock;

  public Workflows(GitHubDirectory directory, Clock clock) {
    this.directory = directory;
    this.state = directory.state();
    this.clock = clock;
  }

  public List<RegisteredWorkflow> all(Repository repository) {
    return state
        .list(
            collection(repository),
            document -> Json.MAPPER.convertValue(document, RegisteredWorkflow.class))
        .stream()
        .sorted(Comparator.comparingLong(RegisteredWorkflow::number))
        .toList();
  }

  /**
   * The workflow that is meant.
   *
   * @param called its number, or the name of its file
   */
  public Optional<RegisteredWorkflow> find(Repository repository, String called) {
    return all(repository).stream().filter(w -> w.isCalled(called)).findFirst();
  }

  /** Makes a file without inputs known. */
  public RegisteredWorkflow register(Repository repository, String path, String name) {
    return register(repository, path, name, List.of());
  }

  /** Makes a file known, as a push of it does. */
  public RegisteredWorkflow register(
      Repository repository, String path, String name, List<RegisteredInput> inputs) {
    return state.exclusively(
        () -> {
          String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
          RegisteredWorkflow workflow =
              all(repository).stream()
                  .filter(w -> w.path().equals(path))
                  .findFirst()
                  .map(
                      w ->
                          new RegisteredWorkflow(
                              w.number(), name, path, w.createdAt(), now, inputs))
                  .orElseGet(
                      () ->
                          new RegisteredWorkflow(
                              directory.nextNumber(), name, path, now, now, inputs));
          state.write(
              collection(repository) + "/" + workflow.number(), Json.MAPPER.valueToTree(workflow));
          return workflow;
        });
  }

  private static String collection(Repository repository) {
    return repository.path() + "/workflows";
  }
}
