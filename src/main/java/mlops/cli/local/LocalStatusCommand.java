package mlops.cli.local;

import java.util.concurrent.Callable;
import mlops.cli.session.JsonDocument;
import mlops.cli.session.RootCommand;
import mlops.cli.terminal.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mlops local status}. */
@Command(name = "status", description = "Shows where the local Azure lives and what is in it.")
final class LocalStatusCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    RootCommand mlops = RootCommand.of(spec);
    LocalStatus status = LocalStatus.of(mlops);
    Console console = mlops.environment().console();
    if (mlops.options().json()) {
      JsonDocument document = new JsonDocument("local status", mlops.options());
      status.json(document.result());
      document.print(console);
    } else {
      status.print(console.out());
    }
    return 0;
  }
}
