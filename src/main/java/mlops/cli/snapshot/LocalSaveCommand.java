package mlops.cli.snapshot;

import java.util.Objects;
import java.util.concurrent.Callable;
import mlops.cli.session.JsonDocument;
import mlops.cli.session.RootCommand;
import mlops.cli.terminal.Console;
import mlops.emulator.saved.SavedState;
import mlops.emulator.state.StateHold;
import mlops.error.MlopsException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mlops local save}. */
@Command(
    name = "save",
    description = "Keeps the local Azure as it is now, under a name; `local load` brings it back.")
public final class LocalSaveCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "What it is to be called.")
  String name = "";

  @Option(names = "--replace", description = "Put it in the place of one of the same name.")
  boolean replace;

  @Override
  public Integer call() {
    RootCommand mlops = RootCommand.of(Objects.requireNonNull(spec));
    PresentState present = PresentState.of(mlops);
    if (replace) {
      PresentState.requireName(name);
    } else {
      present.requireFree(name, "Choose another name, or give --replace.");
    }
    if (!present.exists()) {
      throw MlopsException.failed(
          "NothingToSave",
          "There is no local Azure in " + present.folder(),
          "mlops bootstrap makes one; --state or MLOPS_STATE names another folder.");
    }
    try (StateHold hold = present.hold()) {
      report(mlops, save(present, name, hold, mlops));
      return 0;
    }
  }

  static SavedState save(PresentState present, String name, StateHold hold, RootCommand mlops) {
    return present.files(
        () -> present.saved().save(name, hold, mlops.environment().clock().instant()));
  }

  private static void report(RootCommand mlops, SavedState saved) {
    Console console = mlops.environment().console();
    if (mlops.options().json()) {
      JsonDocument document = new JsonDocument("local save", mlops.options());
      LocalListCommand.fill(document.result(), saved);
      document.print(console);
    } else if (!mlops.options().quiet) {
      console
          .out()
          .println(
              "Saved as %s: mlops local load %s%s"
                  .formatted(saved.name(), saved.name(), mlops.options().again()));
      console.out().flush();
    }
  }
}
