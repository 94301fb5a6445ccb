package mlops.cli.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import mlops.cli.run.StepTimes;
import mlops.cli.session.IoProblems;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.StateCheck;
import mlops.emulator.state.NewerStateException;
import mlops.error.MlopsException;

/** The folder of a local Azure. It is thrown away whole, so nothing else may lie in it. */
public final class LocalStateFolder {

  private static final long LITTLE_SPACE = 1 << 20;

  /**
   * Asks that a folder is the state of a local Azure, or may become one.
   *
   * @throws MlopsException INVALID where it is a file, or holds something else
   */
  public static void require(Path folder) {
    boolean deadLink = Files.isSymbolicLink(folder) && !Files.exists(folder);
    if (deadLink || (Files.exists(folder) && !Files.isDirectory(folder))) {
      throw MlopsException.invalid(
          "The state folder %s is %s"
              .formatted(
                  folder, deadLink ? "a symbolic link that leads nowhere" : "a file, not a folder"),
          "Name a folder with --state or MLOPS_STATE.");
    }
    boolean other = Files.isDirectory(folder) && !isState(folder) && !isEmpty(folder);
    if (other && !isState(folder)) { // another process may have made one between the two looks
      throw MlopsException.invalid(
          folder + " is not the state of a local Azure: other files lie in it",
          "Name a folder of its own with --state or MLOPS_STATE; what is left of a state that was deleted can be deleted, too.");
    }
  }

  /**
   * Opens the local Azure in a folder.
   *
   * @throws MlopsException INVALID as {@link #require} says, FAILED where its files cannot be read
   *     or written
   */
  public static EmbeddedAzure open(Path folder, EmbeddedAzureOptions options) {
    require(folder);
    EmbeddedAzure azure = reading(folder, () -> EmbeddedAzure.open(folder, options));
    try {
      LocalClock.check(folder, options.clock());
    } catch (IOException e) {
      throw failure(folder, e);
    }
    return azure;
  }

  /** Does something with the files of a state, whose failures are reported as such. */
  public static <T> T reading(Path folder, Supplier<T> work) {
    try {
      return work.get();
    } catch (UncheckedIOException e) {
      IOException cause = e.getCause();
      throw failure(folder, cause == null ? new IOException(e) : cause);
    } catch (MlopsException e) {
      throw e;
    } catch (RuntimeException e) {
      throw broken(folder).orElseThrow(() -> e);
    }
  }

  /** What a user reads where something fails and a file of the state is broken, if one is. */
  public static Optional<MlopsException> broken(Path folder) {
    return StateCheck.of(folder, false).broken().stream()
        .findFirst()
        .map(file -> failure(folder, new IOException(file.file() + ": " + file.problem())));
  }

  /** What a user reads where a file of the state cannot be read or written. */
  public static MlopsException failure(Path folder, IOException why) {
    if (why instanceof NewerStateException) {
      return MlopsException.invalid(
          String.valueOf(why.getMessage()),
          "Use the mlops that has written it, or name another folder with --state or MLOPS_STATE.");
    }
    MlopsException failure =
        MlopsException.failed(
            "StateUnusable",
            "The local Azure in %s cannot go on: %s"
                .formatted(folder, IoProblems.problem(why).message()),
            wayOut(folder));
    failure.addSuppressed(why); // not its cause: the SDK takes one for a broken network
    return failure;
  }

  private static String wayOut(Path folder) {
    Path there = folder.toAbsolutePath();
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    try {
      if (!Files.isWritable(there)) {
        return "You may not write to %s: change its permissions, or name another folder with --state or MLOPS_STATE."
            .formatted(there);
      }
      if (Files.getFileStore(there).getUsableSpace() < LITTLE_SPACE) {
        return "Its disk is full: free some space and run the command again; what is done stays done.";
      }
    } catch (IOException e) {
      return "Check the disk of %s: %s".formatted(there, e.getMessage());
    }
    return "Free some space on the disk, or put back a copy of a broken file, then run the command again: what"
        + " is done stays done. `mlops local doctor` names all that are broken, `mlops local reset`"
        + " starts anew.";
  }

  static boolean isState(Path folder) {
    return Files.exists(folder.resolve(".lock"));
  }

  private static boolean isEmpty(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.allMatch(file -> file.endsWith(StepTimes.FILE)); // which runs on Azure leave
    } catch (IOException e) {
      throw failure(folder, e);
    }
  }

  private LocalStateFolder() {}
}
