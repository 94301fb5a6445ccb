package mlops.cli.local;

import mlops.cli.session.FailureRenderer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mlops local …}: the Azure inside mlops. */
@Command(
    name = "local",
    description = "Looks at the local Azure, serves it to other tools, or throws it away.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      LocalStatusCommand.class,
      LocalDoctorCommand.class,
      LocalResetCommand.class,
      LocalServeCommand.class,
      LocalExecCommand.class,
      LocalEnvCommand.class,
      LocalEnvironmentsCommand.class,
      LocalDataCommand.class
    })
public final class LocalCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    CommandLine line = spec.commandLine();
    throw new ParameterException(
        line, "a command is missing: " + String.join(", ", FailureRenderer.visible(line)));
  }
}
