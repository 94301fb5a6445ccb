package mlops.cli.completion;

import java.util.Objects;
import java.util.concurrent.Callable;
import mlops.cli.session.RootCommand;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mlops completion}. */
@Command(
    name = "completion",
    description = "Prints the script by which a shell completes what is typed.")
public final class CompletionCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Parameters(paramLabel = "bash|zsh|fish|powershell", description = "The language of the shell.")
  CompletionScript shell = CompletionScript.BASH;

  @Override
  public Integer call() {
    CommandSpec given = Objects.requireNonNull(spec);
    CommandLine whole = given.root().commandLine();
    var out = RootCommand.of(given).environment().console().exactOut();
    out.print(shell.of(CommandTree.of(whole)));
    out.flush();
    return 0;
  }
}
