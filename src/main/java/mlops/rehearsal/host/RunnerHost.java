package mlops.rehearsal.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import mlops.emulator.github.account.Repository;
import mlops.emulator.github.actions.GitHubActions;
import mlops.emulator.github.actions.WorkflowRun;
import mlops.emulator.run.process.Machine;
import mlops.emulator.serve.ServeAddress;
import mlops.emulator.serve.tls.TrustStore;

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

  /** The service as steps reach it: its certificate is copied to where they can read it. */
  public ServeAddress serviceForSteps() {
    Path certificate = folders().certificate();
    try {
      Files.copy(service.caFile(), certificate, StandardCopyOption.REPLACE_EXISTING);
      TrustStore.beside(certificate);
      return new ServeAddress(service.port(), service.pid(), certificate);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a run is to end. */
  public boolean isCanceled(long run) {
    return interrupted.getAsBoolean()
        || actions.runs().find(repository, run).map(WorkflowRun::cancelRequested).orElse(true);
  }
}
