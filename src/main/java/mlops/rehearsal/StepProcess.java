package mlops.rehearsal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import mlops.emulator.run.process.JobControl;
import mlops.emulator.run.process.JobProcess;
import mlops.emulator.run.process.OrphanProcesses;
import mlops.rehearsal.host.RunnerFolders;
import mlops.rehearsal.host.RunnerHost;
import mlops.rehearsal.log.JobLog;
import mlops.rehearsal.log.OutputLines;
import mlops.rehearsal.log.StepFailure;

/** A process of a step, whose lines go to the log of the job while it runs. */
final class StepProcess {
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final RunnerHost host;
  private final JobControl control;
  private final JobLog log;

  StepProcess(RunnerHost host, JobControl control, JobLog log) {
    this.host = host;
    this.control = control;
    this.log = log;
  }

  /**
   * Runs a command to its end; its exit code.
   *
   * @param limit how long it may take
   * @throws StepFailure where it takes longer
   * @throws mlops.emulator.run.record.JobCanceled where the run is to end
   */
  int run(List<String> command, Path folder, Map<String, String> variables, Duration limit) {
    RunnerFolders folders = host.folders();
    Map<String, String> all = new LinkedHashMap<>(variables);
    OrphanProcesses.mark(all, folders.pidFile());
    renewOutput(folders.output());
    control.check();
    JobProcess process =
        JobProcess.start(
            host.machine().line(folders.pidFile(), "", command), folder, all, folders.output());
    try (JobControl.Held held = control.hold(process);
        RandomAccessFile output = new RandomAccessFile(folders.output().toFile(), "r")) {
      return follow(held.process(), output, limit);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int follow(JobProcess process, RandomAccessFile output, Duration limit)
      throws IOException {
    Instant end = host.clock().instant().plus(limit);
    OutputLines lines = new OutputLines(output, log);
    while (true) {
      OptionalInt code = process.waitFor(PAUSE);
      lines.forward(code.isPresent());
      control.look();
      control.check();
      if (code.isPresent()) {
        return code.getAsInt();
      }
      if (host.clock().instant().isAfter(end)) {
        throw new StepFailure(
            "The action has timed out after %d minutes.".formatted(limit.toMinutes()));
      }
    }
  }

  private static void renewOutput(Path file) {
    try {
      Files.writeString(file, "", StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
