package mlops.cli.registry;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mlops registry …}: registries of Azure Machine Learning. */
@Command(
    name = "registry",
    description = "Registries of models: what is in them, who uses it, taking one away.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RegistryListCommand.class,
      RegistryShowCommand.class,
      RegistryDeleteCommand.class
    })
public final class RegistryCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    String commands = String.join(", ", spec.commandLine().getSubcommands().keySet());
    throw new ParameterException(spec.commandLine(), "a command is missing: " + commands);
  }
}
