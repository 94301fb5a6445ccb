package mlops.cli.snapshot;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import mlops.cli.local.LocalAzure;
import mlops.cli.local.LocalStateFolder;
import mlops.cli.session.RootCommand;
import mlops.emulator.saved.SavedState;
import mlops.emulator.saved.SavedStates;
import mlops.emulator.serve.ServeAddress;
import mlops.emulator.serve.ServeLock;
import mlops.emulator.state.StateHold;
import mlops.emulator.state.StateVersion;
import mlops.error.MlopsException;

/**
 * The state that is worked on, and those that were saved of it.
 *
 * @param exists whether there is a state at all
 */
record PresentState(Path folder, boolean exists, SavedStates saved) {

  /**
   * The one that the options of a command mean.
   *
   * @throws MlopsException FAILED where a newer mlops has written it
   */
  static PresentState of(RootCommand mlops) {
    PresentState present = unread(mlops);
    if (present.exists()) {
      present.files(() -> StateVersion.requireKnown(present.folder()));
    }
    return present;
  }

  /** The same of whatever version: for those that look at what was saved beside it alone. */
  static PresentState unread(RootCommand mlops) {
    LocalAzure local = LocalAzure.of(mlops);
    LocalStateFolder.require(local.folder());
    return files(
        local.folder(),
        () -> new PresentState(local.folder(), local.exists(), SavedStates.of(local.folder())));
  }

  /** Work with files, whose failures are told as those of the state. */
  interface FileWork<T> {
    T run() throws IOException;
  }

  <T> T files(FileWork<T> work) {
    return files(folder, work);
  }

  private static <T> T files(Path folder, FileWork<T> work) {
    return LocalStateFolder.reading(
        folder,
        () -> {
          try {
            return work.run();
          } catch (IOException e) {
            throw LocalStateFolder.failure(folder, e);
          }
        });
  }

  /**
   * Takes hold of the state that is there.
   *
   * @throws MlopsException FAILED where another process works on it
   */
  StateHold hold() {
    return StateHold.of(folder).orElseThrow(this::inUse);
  }

  private MlopsException inUse() {
    Optional<ServeAddress> served = ServeLock.address(folder);
    return served
        .map(
            address ->
                MlopsException.failed(
                    "AlreadyServed",
                    "The process %d serves %s".formatted(address.pid(), folder),
                    "End mlops local serve first."))
        .orElseGet(
            () ->
                MlopsException.failed(
                    "InUse",
                    "Another mlops, or a job that it left, works on " + folder,
                    "Let it end, or end it, then run this again."));
  }

  /**
   * The saved state of this name.
   *
   * @throws MlopsException INVALID where there is none
   */
  SavedState named(String name) {
    requireName(name);
    return files(() -> saved.find(name)).orElseThrow(() -> unknown(name));
  }

  private MlopsException unknown(String name) {
    String names = String.join(", ", files(saved::list).stream().map(SavedState::name).toList());
    return MlopsException.invalid(
        "There is no saved state %s in %s".formatted(name, saved.folder()),
        names.isEmpty()
            ? "None was saved yet: mlops local save NAME keeps the present one."
            : "Those that there are: %s.".formatted(names));
  }

  /**
   * A name under which a state may be saved.
   *
   * @throws MlopsException INVALID where it is none, or one that is taken
   */
  void requireFree(String name, String wayOut) {
    requireName(name);
    if (files(() -> saved.find(name)).isPresent()) {
      throw MlopsException.invalid(
          "There is a saved state %s already, in %s".formatted(name, saved.folder()), wayOut);
    }
  }

  static void requireName(String name) {
    if (!name.matches(SavedStates.NAME)) {
      throw MlopsException.invalid(
          "'%s' is no name for a saved state".formatted(name),
          "Letters, digits, '.', '_' and '-' make one, 64 at most; the first is a letter or a digit.");
    }
  }
}
