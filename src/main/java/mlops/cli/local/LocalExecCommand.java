package mlops.cli.local;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import mlops.cli.session.FaultTally;
import mlops.cli.session.Logging;
import mlops.cli.session.RootCommand;
import mlops.cli.session.Session;
import mlops.cli.terminal.Console;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.serve.ServeAddress;
import mlops.emulator.serve.ServeLock;
import mlops.emulator.serve.ServiceLog;
import mlops.error.MlopsException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mlops local exec -- COMMAND …}. */
@Command(
    name = "exec",
    description = "Runs a command, such as az, against the local Azure.",
    customSynopsis = "mlops local exec [OPTIONS] -- COMMAND [ARGUMENT...]")
final class LocalExecCommand implements Callable<Integer> {
  private static final int GRACE_SECONDS = 10;

  private @Nullable CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "COMMAND", description = "What to run.")
  List<String> command = List.of();

  /** Everything from the first word of the command on belongs to the command. */
  @Spec
  void spec(CommandSpec spec) {
    this.spec = spec;
    spec.parser().stopAtPositional(true);
  }

  @Override
  public Integer call() throws InterruptedException {
    RootCommand mlops = RootCommand.of(Objects.requireNonNull(spec));
    Logging.choose(mlops.options().verbose);
    FaultTally faults = mlops.options().faults(mlops.environment().variables());
    LocalAzure local = LocalAzure.of(mlops).with(faults).withLastingJobs(mlops);
    EmbeddedAzure azure = local.open();
    Optional<ServeAddress> running = ServeLock.address(azure.state());
    if (running.isPresent()) {
      requireNone(faults, running.get());
      return run(mlops, local, azure, running.get());
    }
    ServiceLog log = ServiceLog.in(azure.state());
    try (LocalServeSession session = LocalServeSession.startPrivately(azure, mlops, log::line)) {
      return run(mlops, local, azure, session.address());
    } finally {
      Session.tell(faults, mlops.options(), mlops.environment().console());
    }
  }

  private static void requireNone(FaultTally faults, ServeAddress running) {
    if (faults.file().isPresent()) {
      throw MlopsException.invalid(
          "Process %d serves this state already, and knows nothing of these faults"
              .formatted(running.pid()),
          "End it, or start it with `mlops local serve --faults FILE`.");
    }
  }

  private int run(RootCommand mlops, LocalAzure local, EmbeddedAzure azure, ServeAddress address)
      throws InterruptedException {
    LocalEnvVariables variables =
        LocalEnvVariables.of(
            azure, local.options().subscription(), address, mlops.environment().variables());
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(mlops.environment().variables());
    variables.applyTo(environment);
    LocalExecLogin login = new LocalExecLogin(azure, environment);
    login.ensure().ifPresent(line -> warn(mlops, line));
    if (login.isDone()) {
      LocalEnvVariables.leaveTerraformToAz(environment);
    }
    mlops.environment().console().document().endEarly(); // the output is the command's from here on
    Process process = start(builder);
    Thread hook = new Thread(() -> await(process), "end-of-command");
    Runtime.getRuntime().addShutdownHook(hook);
    int exitCode = process.waitFor();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return exitCode; // Ctrl-C has ended the command, and now this
    }
    return exitCode;
  }

  private Process start(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException e) {
      throw MlopsException.invalid(
          "The command %s cannot be started: %s"
              .formatted(
                  command.get(0),
                  String.valueOf(e.getMessage()).replaceFirst(".*error=\\d+, ", "")),
          "Check its spelling, and that it is in the PATH.");
    }
  }

  private static void warn(RootCommand mlops, String line) {
    Console console = mlops.environment().console();
    console.err().println(line);
    console.err().flush();
  }

  /** Ctrl-C reaches the command too: it gets a moment to end, and the service stays that long. */
  private static void await(Process process) {
    try {
      if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        process.destroy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
