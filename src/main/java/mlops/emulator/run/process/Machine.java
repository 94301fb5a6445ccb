package mlops.emulator.run.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import mlops.emulator.run.record.JobFailure;

/**
 * What the machine that jobs run on has to offer.
 *
 * @param through what a command is started through, so that it leads a process group of its own
 * @param within what it is run through then: by what keeps it apart from all that is not its own,
 *     or at least so that a read-only file stays read-only for it, also where it runs as root
 * @param protectsFiles whether files that are marked read-only cannot be written by a job
 */
public record Machine(List<String> through, List<String> within, boolean protectsFiles) {
  private static final Duration LONG = Duration.ofSeconds(10);

  /**
   * Finds out what works here.
   *
   * @param state the folder of the state, which jobs need not see
   * @param job the folder in it where the job runs, which is there
   * @param kept what they need to see, wherever it is
   */
  public static Machine probe(Path state, Path job, Path kept) {
    boolean root = "root".equals(System.getProperty("user.name"));
    if (isWindows() || program("setsid").isEmpty()) {
      return new Machine(List.of(), List.of(), !root);
    }
    List<String> apart = Isolation.line(root, state, job, kept);
    if (works(apart, job)) {
      return new Machine(List.of("setsid"), apart, true);
    }
    List<String> bounded = List.of("setpriv", "--bounding-set=-dac_override", "--");
    if (root && works(bounded, job)) {
      return new Machine(List.of("setsid"), bounded, true);
    }
    return new Machine(List.of("setsid"), List.of(), !root);
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

  /** Starts a command of a job in the shell. */
  public JobProcess start(String command, JobFolder folder, Map<String, String> variables) {
    List<String> line = line(folder.note(), shell(command));
    OrphanProcesses.mark(variables, folder.note());
    return JobProcess.start(line, folder.code(), variables, folder.log());
  }

  /**
   * The command line that runs a command as a job.
   *
   * @param note where the process writes down its id before anything else, so that it can be ended
   *     when its host has died
   */
  public List<String> line(Path note, List<String> command) {
    List<String> line = new ArrayList<>(through);
    if (!isWindows()) {
      line.addAll(List.of("/bin/sh", "-c", "echo $$ > \"$0\" && exec \"$@\"", note.toString()));
    }
    line.addAll(within);
    line.addAll(command);
    return line;
  }

  /**
   * The shell that runs the commands of jobs.
   *
   * @throws JobFailure on a machine without bash
   */
  static List<String> shell(String command) {
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
