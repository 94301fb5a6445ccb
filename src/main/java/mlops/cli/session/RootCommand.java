package mlops.cli.session;

import picocli.CommandLine.Model.CommandSpec;

/** The command at the top, as the commands below it see it. */
public interface RootCommand {

  /** What the command line finds where it runs. */
  CliEnvironment environment();

  /** The options that every command has. */
  GlobalOptions options();

  /** Runs another command where this one runs; its exit code. */
  int another(String... words);

  /** The command at the top of the one that this is about. */
  static RootCommand of(CommandSpec spec) {
    return (RootCommand) spec.root().userObject();
  }
}
