package mlops.rehearsal.host;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import mlops.emulator.github.account.Repository;
import mlops.emulator.github.actions.GitHubActions;
import mlops.emulator.github.actions.WorkflowRun;
import mlops.emulator.run.process.Machine;
import mlops.emulator.serve.ServeAddress;

/**
 * What a runner works with.
 *
 * @param source the user's folder, in which the repository lies
 * @param root where jobs work; of the state they see this alone
 * @param service where the embedded clouds listen
 * @param network the variables that lead a program there, as nobody in particular
 * @param path where programs are looked for
 * @param interrupted whether somebody at the keyboard wants all of it to end
 */
public record RunnerHost(
    GitHubActions actions,
    Repository repository,
    Path source,
    Path root,
    ServeAddress service,
    Function<ServeAddress, Map<String, String>> network,
    String path,
    Machine machine,
    Clock clock,
    BooleanSupplier interrupted) {

  public RunnerFolders folders() {
    return new RunnerFolders(root, repository.name());
  }

  /** Whether a run is to end. */
  public boolean isCanceled(long run) {
    return interrupted.getAsBoolean()
        || actions.runs().find(repository, run).map(WorkflowRun::cancelRequested).orElse(true);
  }
}
