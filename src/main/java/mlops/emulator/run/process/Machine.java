package mlops.emulator.run.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import mlops.emulator.run.record.JobFailure;

/**
 * What the machine that jobs run on has to offer.
 *
 * @param through what a command is started through, so that it leads a process group of its own
 * @param isolation what it is run through then to be kept apart from all that is not its own
 * @param bounds what it is run through where there is no isolation, so that a read-only file stays
 *     read-only for it, also where it runs as root; often nothing
 */
public record Machine(List<String> through, Optional<Isolation> isolation, List<String> bounds) {
  private static final Duration LONG = Duration.ofSeconds(10);

  /**
   * Finds out what works here.
   *
   * @param state the folder of the state, which jobs need not see
   * @param job the folder in it where the job runs, which is there
   * @param cache where Python environments are kept
   */
  public static Machine probe(Path state, Path job, Path cache) {
    boolean root = "root".equals(System.getProperty("user.name"));
    if (isWindows() || program("setsid").isEmpty()) {
      return new Machine(List.of(), Optional.empty(), List.of());
    }
    Isolation apart = Isolation.of(root, state, cache);
    if (works(apart.line(job, ""), job)) {
      return new Machine(List.of("setsid"), Optional.of(apart), List.of());
    }
    List<String> bounded = List.of("setpriv", "--bounding-set=-dac_override", "--");
    boolean bounds = root && works(bounded, job);
    return new Machine(List.of("setsid"), Optional.empty(), bounds ? bounded : List.of());
  }

  /**
   * Whether nothing that a job does to its inputs and its environment reaches what they were made
   * of, and no process of it is left when it has ended.
   */
  public boolean isolates() {
    return isolation.isPresent();
  }

  /** What has nothing to read, for a process that is not to ask. */
  public static File nothing() {
    return new File(isWindows() ? "NUL" : "/dev/null");
  }

  private static boolean works(List<String> within, Path folder) {
    List<String> line = new ArrayList<>(within);
    line.add("true");
    try {
      Process tried =
          new ProcessBuilder(line)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectInput(nothing())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (tried.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)) {
        return tried.exitValue() == 0;
      }
      tried.destroyForcibly();
      return false;
    } catch (IOException e) {
      return false; // there is no such program
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  public static boolean isWindows() {
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
  }

  /** A program of the machine, by its name. */
  public static Optional<Path> program(String name) {
    String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    for (String folder : path.split(File.pathSeparator)) {
      for (String end : isWindows() ? List.of(".exe", ".cmd") : List.of("")) {
        Path program = Path.of(folder.isEmpty() ? "." : folder, name + end);
        if (Files.isExecutable(program) && !Files.isDirectory(program)) {
          return Optional.of(program);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Starts a command of a job in the shell.
   *
   * @param rank which one it is of several, from 0
   * @param environment the folder of its Python environment
   */
  public JobProcess start(
      String command,
      JobFolder folder,
      int rank,
      String environment,
      Map<String, String> variables) {
    List<String> line = line(folder.pidFile(rank), environment, shell(command));
    OrphanProcesses.mark(variables, folder.pidFile(rank));
    return JobProcess.start(line, folder.code(), variables, folder.log(rank));
  }

  /**
   * The command line that runs a command as a job.
   *
   * @param pidFile where the process writes down its id before anything else, so that it can be
   *     ended when its host has died; it is in the folder of the run
   * @param environment the folder of its Python environment
   */
  public List<String> line(Path pidFile, String environment, List<String> command) {
    List<String> line = new ArrayList<>(through);
    if (!isWindows()) {
      line.addAll(List.of("/bin/sh", "-c", "echo $$ > \"$0\" && exec \"$@\"", pidFile.toString()));
    }
    line.addAll(isolation.map(i -> i.line(real(pidFile), environment)).orElse(bounds));
    line.addAll(command);
    return line;
  }

  /** The folder of a run as it is reached without a link, which a job's view does not have. */
  private static Path real(Path pidFile) {
    try {
      return Objects.requireNonNull(pidFile.getParent()).toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The shell that runs the commands of jobs.
   *
   * @throws JobFailure on a machine without bash
   */
  public static List<String> shell(String command) {
    Path bash =
        Optional.of(Path.of("/bin/bash"))
            .filter(Files::isExecutable)
            .or(() -> program("bash"))
            .orElseThrow(
                () ->
                    JobFailure.user(
                        "The commands of Azure Machine Learning jobs are for bash, and this machine has none on its PATH. Install it (on Windows: Git for Windows) and run the job again."));
    return List.of(bash.toString(), "-c", command);
  }
}
