package mlops.cli.rehearsal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import mlops.cli.local.LocalEnvVariables;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.github.account.Repository;
import mlops.emulator.run.process.Machine;
import mlops.emulator.serve.ServeAddress;
import mlops.emulator.state.ProcessLocks;
import mlops.error.MlopsException;
import mlops.rehearsal.host.RunnerHost;

/** The runner of a state: one at a time, for all jobs work in the same folder. */
final class LocalRunner {
  private static final String LOCK = "github runner";

  /** Claims it until it is closed. */
  static ProcessLocks.Held claim(EmbeddedAzure azure) {
    return azure
        .state()
        .locks()
        .tryLock(LOCK)
        .orElseThrow(
            () ->
                MlopsException.failed(
                    "RunnerBusy",
                    "Another rehearsal runs on the state " + azure.state().folder(),
                    "Wait for its end, or name another --state."));
  }

  static RunnerHost host(
      EmbeddedAzure azure,
      Repository repository,
      Path source,
      Path environments,
      ServeAddress service,
      Map<String, String> variables,
      Clock clock,
      BooleanSupplier interrupted) {
    try {
      Path root = azure.state().folder().resolve("github").resolve("runner").resolve("host");
      Files.createDirectories(root);
      Path real = root.toRealPath();
      Path state = azure.state().folder().toRealPath();
      return new RunnerHost(
          azure.github().actions(),
          repository,
          source,
          real,
          service,
          LocalEnvVariables::leadingTo,
          Optional.ofNullable(variables.get("PATH")).orElse("/usr/local/bin:/usr/bin:/bin"),
          Machine.probe(state, real, environments),
          clock,
          interrupted);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private LocalRunner() {}
}
