package mlops.cli.snapshot;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import mlops.cli.local.LocalStateFolder;
import mlops.cli.session.JsonDocument;
import mlops.cli.session.RootCommand;
import mlops.cli.terminal.Console;
import mlops.cli.terminal.Question;
import mlops.emulator.StateCheck;
import mlops.emulator.saved.SavedState;
import mlops.emulator.state.BrokenFile;
import mlops.emulator.state.StateHold;
import mlops.error.MlopsException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mlops local load}. */
@Command(
    name = "load",
    description =
        "Brings a saved local Azure back, in the place of the present one. What is saved stays as it is.")
public final class LocalLoadCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "The one to bring back.")
  String name = "";

  @Option(
      names = "--keep",
      paramLabel = "NAME",
      description = "Save the present one under this name first.")
  @Nullable String keep;

  @Option(names = "--yes", description = "Throw the present one away without asking.")
  boolean yes;

  @Override
  public Integer call() {
    RootCommand mlops = RootCommand.of(Objects.requireNonNull(spec));
    PresentState present = PresentState.of(mlops);
    SavedState saved = present.named(name);
    if (keep != null) {
      present.requireFree(keep, "Choose another name for --keep.");
    }
    if (!present.exists()) {
      load(present, saved, Optional.empty());
      report(mlops, present, saved, false);
      return 0;
    }
    try (StateHold hold = present.hold()) {
      if (keep != null) {
        LocalSaveCommand.save(present, keep, hold, mlops);
      } else {
        requireConsent(mlops, present.folder());
      }
      load(present, saved, Optional.of(hold));
    }
    report(mlops, present, saved, keep != null);
    return 0;
  }

  private void requireConsent(RootCommand mlops, Path folder) {
    Question question = new Question(mlops.environment().console());
    if (!yes && !question.yes("Throw away the present local Azure in " + folder + "?")) {
      throw MlopsException.invalid(
          "Nothing was loaded: the present local Azure in %s would be gone".formatted(folder),
          "Give --keep NAME to save it first, or --yes to throw it away.");
    }
  }

  private static void load(PresentState present, SavedState saved, Optional<StateHold> hold) {
    present.files(
        () -> {
          present.saved().load(saved, hold, fresh -> requireWhole(saved, fresh));
          return saved;
        });
  }

  private static void requireWhole(SavedState saved, Path fresh) {
    for (BrokenFile file : StateCheck.of(fresh, false).broken()) {
      throw LocalStateFolder.failure(
          saved.state(),
          new IOException(
              "%s: %s"
                  .formatted(
                      saved.state().resolve(fresh.relativize(file.file())), file.problem())));
    }
  }

  private void report(RootCommand mlops, PresentState present, SavedState saved, boolean kept) {
    Console console = mlops.environment().console();
    if (mlops.options().json()) {
      JsonDocument document = new JsonDocument("local load", mlops.options());
      LocalListCommand.fill(document.result(), saved);
      document.result().put("stateDir", present.folder().toString());
      document.result().put("kept", kept ? keep : null);
      document.print(console);
    } else if (!mlops.options().quiet) {
      console.out().println("Loaded %s into %s".formatted(saved.name(), present.folder()));
      if (kept) {
        console.out().println("What was there is saved as %s".formatted(keep));
      }
      console.out().flush();
    }
  }
}
