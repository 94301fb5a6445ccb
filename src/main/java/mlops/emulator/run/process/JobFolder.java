package mlops.emulator.run.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import mlops.emulator.run.record.JobFailure;
import mlops.emulator.run.record.OutputTarget;
import mlops.emulator.state.Folders;

/**
 * The folder of one run while it runs.
 *
 * @param root made for this run and taken away after it
 */
public record JobFolder(Path root) {
  private static final String NOTE = "process";

  /** Folders where the command runs, whose files Azure keeps as artifacts of the run. */
  public static final List<String> KEPT = List.of("outputs", "logs");

  /** What {@code isolated.sh} protects. */
  private static final String INPUTS = "inputs";

  public static JobFolder make(Path root) {
    try {
      Files.createDirectories(root);
      JobFolder folder = new JobFolder(root);
      for (Path part : folder.parts()) {
        Files.createDirectories(part);
      }
      Files.writeString(folder.log(), "");
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Path> parts() {
    List<Path> parts = new ArrayList<>(List.of(home(), temporary(), root.resolve(INPUTS)));
    KEPT.forEach(kept -> parts.add(code().resolve(kept)));
    return parts;
  }

  /** Where the command runs: the code snapshot. */
  public Path code() {
    return root.resolve("wd");
  }

  Path home() {
    return root.resolve("home");
  }

  Path temporary() {
    return root.resolve("tmp");
  }

  /** Where an input lies that the command only reads. */
  public Path input(String name) {
    return inside(INPUTS, name);
  }

  /** Where an input lies that the command may write to. */
  public Path download(String name) {
    return inside("downloads", name);
  }

  /** A name comes from a request: it must not lead elsewhere. */
  private Path inside(String part, String name) {
    Path folder = root.resolve(part);
    Path path = folder.resolve(name).normalize();
    if (!folder.equals(path.getParent())) {
      throw JobFailure.user("The name '%s' among the %s is not valid.".formatted(name, part));
    }
    return path;
  }

  /** Where an output is written: a folder that is there already, or a file that is not. */
  public Path output(String name, OutputTarget target) {
    if (target.direct()) {
      throw new JobFailure(
          "NotImplemented",
          "The embedded Azure has no outputs of mode 'direct' yet, but for Spark: output '%s'."
              .formatted(name));
    }
    Path path = inside("outputs", name);
    try {
      Files.createDirectories(target.isFile() ? root.resolve("outputs") : path);
      return path;
    } catch (FileAlreadyExistsException e) {
      throw JobFailure.user(
          "Output '%s' (%s) is a folder, and the command put a file in its place."
              .formatted(name, target.type()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All that the command prints. */
  public Path log() {
    return root.resolve("std_log.txt");
  }

  /** The same for one of several processes; the first has the log of the runner, too. */
  public Path log(int rank) {
    return rank == 0 ? log() : root.resolve("std_log_process_" + rank + ".txt");
  }

  /** Where a process is written down. */
  Path pidFile(int rank) {
    return root.resolve(rank == 0 ? NOTE : NOTE + "-" + rank);
  }

  /** Adds a line of the runner's own to the log. */
  public void say(String line) {
    try {
      Files.writeString(log(), line + "\n", StandardOpenOption.APPEND, StandardOpenOption.CREATE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Does work in this folder; why it fails is told in the log, too. */
  public <T> T telling(Supplier<T> work) {
    try {
      return work.get();
    } catch (JobFailure e) {
      say(e.code() + ": " + e.words());
      throw e;
    }
  }

  /** Takes the rights back that the command may have taken from whoever comes after it. */
  public void reclaim(int processes) {
    Folders.allow(root);
    for (int rank = 0; rank < processes; rank++) {
      Folders.allow(log(rank));
    }
  }

  /** The last lines of the log of a process, for an error. */
  public String tail(int rank, int lines, long from) {
    if (!Files.isRegularFile(log(rank))) {
      return ""; // the command deleted it
    }
    try (var file = Files.newByteChannel(log(rank))) {
      long start = Math.max(Math.min(from, file.size()), file.size() - 8192);
      byte[] bytes = new byte[(int) (file.size() - start)];
      file.position(start);
      file.read(java.nio.ByteBuffer.wrap(bytes));
      List<String> all = new String(bytes, StandardCharsets.UTF_8).strip().lines().toList();
      return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How long the log is now, in bytes. */
  public long logSize() {
    try {
      return Files.exists(log()) ? Files.size(log()) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes the folder away, whatever the command did to the rights in it. */
  public void delete() {
    Folders.delete(root);
  }

  /**
   * Ends all processes of a job whose host has died: those whose notes are in the folders of its
   * runs, and those that came from any of its runs.
   */
  public static void killProcesses(Path job) {
    if (!Files.isDirectory(job)) {
      return;
    }
    Folders.allow(job);
    try {
      for (Path run : Folders.list(job)) {
        Folders.allow(run);
        for (Path file : Folders.list(run)) {
          if (String.valueOf(file.getFileName()).startsWith(NOTE) && Files.isRegularFile(file)) {
            JobProcess.kill(file);
          }
        }
      }
      OrphanProcesses.kill(job.toRealPath().toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
