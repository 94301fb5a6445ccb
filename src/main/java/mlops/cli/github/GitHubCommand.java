package mlops.cli.github;

import mlops.cli.rehearsal.GitHubRehearseCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mlops github …}: a repository whose workflows work on Azure. */
@Command(
    name = "github",
    description = "Lets the workflows of a repository work on Azure.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      GitHubConnectCommand.class,
      GitHubStatusCommand.class,
      GitHubDisconnectCommand.class,
      GitHubDoctorCommand.class,
      GitHubWorkflowCommand.class,
      GitHubRehearseCommand.class
    })
public final class GitHubCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    String commands = String.join(", ", spec.commandLine().getSubcommands().keySet());
    throw new ParameterException(spec.commandLine(), "a command is missing: " + commands);
  }
}
