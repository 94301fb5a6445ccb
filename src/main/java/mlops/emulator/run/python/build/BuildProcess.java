package mlops.emulator.run.python.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import mlops.emulator.run.process.JobControl;
import mlops.emulator.run.process.JobProcess;
import mlops.emulator.run.process.OrphanProcesses;

/**
 * Runs the programs that build one environment. What they say goes to a log beside it.
 *
 * @param log which also marks the processes, so that they are found when their host has died
 */
record BuildProcess(Path log, JobControl control) {
  /** What would lead a builder, or the Python it asks, away from the environment it is to fill. */
  private static final Set<String> ASTRAY =
      Set.of(
          "PYTHONPATH",
          "PYTHONHOME",
          "VIRTUAL_ENV",
          "CONDA_PREFIX",
          "PIP_TARGET",
          "PIP_USER",
          "PIP_PREFIX",
          "PIP_REQUIRE_VIRTUALENV",
          "UV_PYTHON",
          "UV_SYSTEM_PYTHON",
          "UV_RESOLUTION",
          "UV_EXCLUDE_NEWER");

  /** How long a program may take. */
  static final Duration MOST = Duration.ofMinutes(30);

  /** Less than any package that is worth installing takes, in bytes. */
  private static final long LITTLE = 16 << 20;

  /** The exit code of what was ended for its time, as timeout(1) has it. */
  private static final int TIMED_OUT = 124;

  /**
   * How a program ended.
   *
   * @param said all that it said
   */
  record Ended(int code, String said) {
    boolean well() {
      return code == 0;
    }

    boolean timedOut() {
      return code == TIMED_OUT;
    }
  }

  /** Runs a program to its end. */
  Ended run(List<String> line) {
    return run(line, Map.of());
  }

  /**
   * The same with further variables, beside those of whoever runs mlops: there pip and uv find
   * their configuration and proxies.
   */
  Ended run(List<String> line, Map<String, String> more) {
    Map<String, String> variables = new LinkedHashMap<>(System.getenv());
    variables.keySet().removeAll(ASTRAY);
    variables.putAll(more);
    OrphanProcesses.mark(variables, log);
    Path folder = folder();
    try {
      Files.createDirectories(folder);
      long before = Files.exists(log) ? Files.size(log) : 0;
      int code =
          control.waitFor(JobProcess.start(line, folder, variables, log), MOST).orElse(TIMED_OUT);
      return new Ended(code, said(before));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where environments lie. */
  Path folder() {
    return Objects.requireNonNull(log.getParent());
  }

  private String said(long from) throws IOException {
    byte[] all = Files.exists(log) ? Files.readAllBytes(log) : new byte[0];
    int start = (int) Math.min(from, all.length);
    return new String(all, start, all.length - start, StandardCharsets.UTF_8).strip();
  }

  /** Forgets what was said of an earlier build. */
  void clear() {
    try {
      Files.deleteIfExists(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether hardly anything more can be written. */
  boolean isDiskFull() {
    try {
      return Files.getFileStore(folder()).getUsableSpace() < LITTLE;
    } catch (IOException e) {
      return false; // what a builder says of it is told
    }
  }
}
