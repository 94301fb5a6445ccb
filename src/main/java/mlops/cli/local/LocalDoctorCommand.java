package mlops.cli.local;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import mlops.cli.session.JsonDocument;
import mlops.cli.session.RootCommand;
import mlops.cli.terminal.Console;
import mlops.cli.terminal.Style;
import mlops.emulator.StateCheck;
import mlops.emulator.state.BrokenFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mlops local doctor}. */
@Command(
    name = "doctor",
    description = "Reads all of the local Azure and says which of its files are broken.")
final class LocalDoctorCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    RootCommand mlops = RootCommand.of(spec);
    LocalAzure local = LocalAzure.of(mlops);
    LocalStateFolder.require(local.folder());
    StateCheck check = StateCheck.of(local.folder(), true);
    Console console = mlops.environment().console();
    if (mlops.options().json()) {
      JsonDocument document = new JsonDocument("local doctor", mlops.options());
      document.result().put("stateDir", local.folder().toString());
      document.result().put("documents", check.documents()).put("containers", check.containers());
      ArrayNode broken = document.result().putArray("broken");
      for (BrokenFile file : check.broken()) {
        broken.addObject().put("file", file.file().toString()).put("problem", file.problem());
      }
      document.print(console);
    } else {
      print(local.folder(), check, console);
    }
    return check.broken().isEmpty() ? 0 : 1;
  }

  private static void print(Path folder, StateCheck check, Console console) {
    PrintWriter out = console.out();
    Style style = console.style();
    for (BrokenFile file : check.broken()) {
      out.println(style.bad("✗ ") + style.bold(file.file().toString()));
      out.println("  " + file.problem());
    }
    out.println(
        "%d documents and %d containers read in %s: %s"
            .formatted(
                check.documents(),
                check.containers(),
                folder,
                check.broken().isEmpty()
                    ? "all is well"
                    : check.broken().size() == 1
                        ? "1 file is broken"
                        : check.broken().size() + " files are broken"));
    if (!check.broken().isEmpty()) {
      out.println(
          "→ Put back a copy of what is broken, or delete what bootstrap can make again; `mlops local reset` starts anew.");
    }
    out.flush();
  }
}
