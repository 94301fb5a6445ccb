package mlops.emulator.run.python;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import mlops.emulator.run.process.JobControl;
import mlops.emulator.run.process.Machine;
import mlops.emulator.run.record.HashedNames;
import mlops.emulator.run.record.JobFailure;
import org.jspecify.annotations.Nullable;

/**
 * Python virtual environments, each built once for what it holds and kept in a folder that all
 * states share.
 */
public final class VirtualEnvironments {
  private static final String COMPLETE = ".complete";

  private final Path cache;

  /**
   * @param cache the folder, which is made where it is missing
   */
  public VirtualEnvironments(Path cache) {
    this.cache = cache;
  }

  /** An environment with the packages of a conda file. */
  PythonPrograms of(CondaFile conda, JobControl control) {
    Path python = interpreter();
    String key =
        HashedNames.of(
            String.join(
                "\n",
                python.toString(),
                conda.python().orElse(""),
                conda.options().toString(),
                conda.packages().toString(),
                conda.wished().toString()));
    // an environment serves all files that install the same; what they leave out may differ
    return ready(key.substring(0, 24), control, build -> build.install(python, conda))
        .with(conda.leftOut().stream().map(EnvironmentBuild::leftOut).toList());
  }

  /** The Python of the machine, with whatever is installed there. */
  PythonPrograms machine(JobControl control) {
    Path python = interpreter();
    String key = "machine-" + HashedNames.of(python.toString()).substring(0, 16);
    return ready(key, control, build -> build.link(python));
  }

  private PythonPrograms ready(String key, JobControl control, Recipe recipe) {
    PythonPrograms built = built(folder(key));
    if (built != null) {
      return built;
    }
    makeCache();
    try {
      Path lock = cache.resolve(key + ".lock");
      try (FileChannel channel =
          FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        FileLock held = acquire(channel, control);
        try {
          return build(folder(key), control, recipe);
        } finally {
          held.release();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The folder of an environment. One that a job changed is left to it, and those that come later
   * have the next.
   */
  private Path folder(String key) {
    Path folder = cache.resolve(key);
    for (int n = 1; EnvironmentListing.isChanged(folder); n++) {
      folder = cache.resolve(key + "-" + n);
    }
    return folder;
  }

  private void makeCache() {
    try {
      Files.createDirectories(cache);
    } catch (IOException e) {
      throw JobFailure.user(
          "The folder of Python environments cannot be created: %s. Name one that can, with the variable MLOPS_CACHE."
              .formatted(cache));
    }
  }

  /** How an environment is filled; gives the notes on what differs from Azure. */
  private interface Recipe {
    List<String> fill(EnvironmentBuild build);
  }

  private static PythonPrograms build(Path folder, JobControl control, Recipe recipe)
      throws IOException {
    PythonPrograms built = built(folder); // another builder may have been first
    if (built != null) {
      return built;
    }
    EnvironmentBuild build = new EnvironmentBuild(folder, control);
    build.clear();
    List<String> notes = recipe.fill(build);
    EnvironmentListing.write(folder);
    Files.write(folder.resolve(COMPLETE), notes);
    return new PythonPrograms(folder.resolve(programs()).toString(), notes);
  }

  private static @Nullable PythonPrograms built(Path folder) {
    Path python = folder.resolve(programs()).resolve(Machine.isWindows() ? "python.exe" : "python");
    if (!Files.exists(folder.resolve(COMPLETE)) || !Files.exists(python)) {
      return null; // never finished, or the machine's Python has moved
    }
    try {
      List<String> notes = Files.readAllLines(folder.resolve(COMPLETE));
      return new PythonPrograms(folder.resolve(programs()).toString(), notes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String programs() {
    return Machine.isWindows() ? "Scripts" : "bin";
  }

  private static FileLock acquire(FileChannel channel, JobControl control) throws IOException {
    while (true) {
      control.check();
      try {
        FileLock lock = channel.tryLock();
        if (lock != null) {
          return lock;
        }
      } catch (OverlappingFileLockException e) {
        // another thread of this process builds it
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  private static Path interpreter() {
    return Machine.program("python3")
        .or(() -> Machine.program("python"))
        .orElseThrow(
            () ->
                JobFailure.user(
                    "Jobs need Python 3, and this machine has no python3 on its PATH. Install it and run the job again."));
  }
}
