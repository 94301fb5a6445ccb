package mlops.emulator.run.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import mlops.emulator.run.record.JobFailure;
import mlops.emulator.serve.JobMark;

/** A process of a job with all that it starts: one tree, which ends as one. */
public final class JobProcess {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");

  private final Process process;
  private final Optional<String> mark;

  private JobProcess(Process process, Optional<String> mark) {
    this.process = process;
    this.mark = mark;
  }

  /**
   * Starts a command with nothing but these variables.
   *
   * @param log where its output goes, after what is there
   */
  public static JobProcess start(
      List<String> command, Path folder, Map<String, String> variables, Path log) {
    ProcessBuilder builder = builder(command, folder, variables);
    builder.redirectErrorStream(true);
    builder.redirectInput(ProcessBuilder.Redirect.from(Machine.nothing()));
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return started(builder);
  }

  /** The same with pipes to its input and output; its errors go to the log. */
  public static JobProcess talk(
      List<String> command, Path folder, Map<String, String> variables, Path log) {
    ProcessBuilder builder = builder(command, folder, variables);
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return started(builder);
  }

  private static ProcessBuilder builder(
      List<String> command, Path folder, Map<String, String> variables) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(variables);
    return builder;
  }

  private static JobProcess started(ProcessBuilder builder) {
    try {
      Optional<String> mark = Optional.ofNullable(builder.environment().get(JobMark.PROCESS));
      return new JobProcess(builder.start(), mark);
    } catch (IOException e) {
      throw JobFailure.user(
          "The command could not be started: %s".formatted(String.valueOf(e.getMessage())));
    }
  }

  public Process process() {
    return process;
  }

  /** The exit code, or empty once this time is over. */
  public OptionalInt waitFor(Duration most) {
    try {
      boolean ended = process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS);
      return ended ? OptionalInt.of(process.exitValue()) : OptionalInt.empty();
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
      return OptionalInt.empty();
    }
  }

  /** Ends the process and all that came from it, at once. */
  public void kill() {
    kill(process.toHandle());
    mark.ifPresent(OrphanProcesses::kill);
  }

  /** Ends the process that wrote a pidFile, unless its id is another's by now. */
  static void kill(Path pidFile) throws IOException {
    String id = Files.readString(pidFile, StandardCharsets.ISO_8859_1).strip();
    long written = Files.getLastModifiedTime(pidFile).toMillis();
    if (NUMBER.matcher(id).matches()) { // what the job itself wrote over it is no id
      ProcessHandle.of(Long.parseLong(id))
          .filter(p -> ProcessStart.isSame(p, written))
          .ifPresent(JobProcess::kill);
    }
  }

  private static void kill(ProcessHandle process) {
    List<ProcessHandle> tree = new ArrayList<>(process.descendants().toList());
    if (!Machine.isWindows()) {
      killGroup(process.pid());
    }
    process.destroyForcibly();
    tree.forEach(ProcessHandle::destroyForcibly);
  }

  /** Java can end single processes only; those that were left by their parents need this. */
  private static void killGroup(long pid) {
    try {
      Process kill =
          new ProcessBuilder("/bin/kill", "-KILL", "--", "-" + pid)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      kill.waitFor(5, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
