package mlops.cli.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.Callable;
import mlops.cli.session.JsonDocument;
import mlops.cli.session.RootCommand;
import mlops.cli.terminal.Console;
import mlops.cli.terminal.Question;
import mlops.emulator.serve.ServeLock;
import mlops.emulator.state.Folders;
import mlops.emulator.state.StateTree;
import mlops.error.MlopsException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mlops local reset}. */
@Command(name = "reset", description = "Throws the local Azure away, with all that is in it.")
final class LocalResetCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(names = "--yes", description = "Do not ask.")
  boolean yes;

  @Override
  public Integer call() {
    RootCommand mlops = RootCommand.of(spec);
    LocalAzure local = LocalAzure.of(mlops);
    Path folder = local.folder();
    boolean there = Files.exists(folder);
    if (there && !local.exists()) {
      throw MlopsException.invalid(
          folder + " is not the state of a local Azure, so it is left alone",
          "Name the right folder with --state or MLOPS_STATE.");
    }
    if (there) {
      requireUnused(local);
    }
    Console console = mlops.environment().console();
    if (there && !yes && !new Question(console).yes("Delete the local Azure in " + folder + "?")) {
      throw MlopsException.invalid("Nothing was deleted", "Confirm it, or give --yes.");
    }
    if (there) {
      remove(folder);
    }
    report(mlops, folder, there);
    return 0;
  }

  private static void requireUnused(LocalAzure local) {
    boolean used = StateTree.isOpenElsewhere(local.folder()); // before this opens it, too
    ServeLock.address(StateTree.open(local.folder()))
        .ifPresent(
            address -> {
              throw MlopsException.failed(
                  "AlreadyServed",
                  "The process %d serves %s".formatted(address.pid(), local.folder()),
                  "End mlops local serve first.");
            });
    if (used) {
      throw MlopsException.failed(
          "InUse",
          "Another mlops, or a job that it left, works on " + local.folder(),
          "Let it end, or end it, then run this again.");
    }
  }

  /** The folder goes in one step, so a state is whole or gone whenever this ends. */
  private static void remove(Path folder) {
    Path gone = folder.resolveSibling("." + folder.getFileName() + "-" + UUID.randomUUID());
    try {
      Files.move(folder, gone);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!Folders.delete(gone)) { // whatever a job did to the rights of what it left
      throw MlopsException.failed(
          "LeftOver",
          "The local Azure is gone, but not all of its files could be deleted: " + gone,
          "Delete that folder.");
    }
  }

  private static void report(RootCommand mlops, Path folder, boolean deleted) {
    Console console = mlops.environment().console();
    if (mlops.options().json()) {
      JsonDocument document = new JsonDocument("local reset", mlops.options());
      document.result().put("stateDir", folder.toString()).put("deleted", deleted);
      document.print(console);
    } else if (!mlops.options().quiet) {
      console.out().println((deleted ? "Deleted " : "There is nothing in ") + folder);
      console.out().flush();
    }
  }
}
