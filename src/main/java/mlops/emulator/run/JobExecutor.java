package mlops.emulator.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import mlops.emulator.ml.job.JobRunner;
import mlops.emulator.run.process.JobFolder;
import mlops.emulator.run.process.JobProcess;
import mlops.emulator.run.record.JobHosts;
import mlops.emulator.run.record.JobId;
import mlops.emulator.run.record.RunRecord;
import mlops.emulator.run.record.RunnerServices;

/** Executes the jobs of the embedded Azure on this machine. */
public final class JobExecutor implements JobRunner, AutoCloseable {
  private final RunnerServices workshop;
  private final JobHosts attendance;
  private final JobHost host;

  private JobExecutor(RunnerServices workshop, JobHost host) {
    this.workshop = workshop;
    this.attendance = new JobHosts(workshop.state());
    this.host = host;
  }

  /** Jobs run in threads of this process, and end with it. */
  public static JobExecutor inProcess(RunnerServices workshop) {
    return new JobExecutor(workshop, new InProcessHost(workshop));
  }

  /**
   * Each job runs in a process of its own, which outlives this one.
   *
   * @param command the command line that runs a job, without the id of the job, which comes last
   */
  public static JobExecutor detached(RunnerServices workshop, List<String> command) {
    return new JobExecutor(workshop, new DetachedHost(workshop, command));
  }

  @Override
  public void start(String jobId) {
    host.start(new JobId(jobId));
  }

  @Override
  public void cancel(String jobId) {
    JobId job = new JobId(jobId);
    RunRecord run = workshop.run(job, job.name());
    run.requestCancel();
    attendance.askToCancel(job);
    if (!attendance.isHosted(job)) {
      run.end(RunRecord.CANCELED, r -> {});
      attendance.release(job);
    }
  }

  /**
   * Finds the jobs whose process ended before they did, ends what is left of them and says so in
   * their runs; to be called when a state is opened.
   */
  public void recover() {
    for (JobId job : attendance.orphans()) {
      killProcesses(workshop.folder(job));
      for (ObjectNode run : workshop.state().list(job.workspace() + "/runs")) {
        if (run.path("rootRunId").asText().equals(job.name()) && !RunRecord.hasEnded(run)) {
          workshop
              .run(job, run.path("runId").asText())
              .fail(
                  "JobInterrupted",
                  "The job was interrupted: the process that ran it ended before the job did. Run it again; what was complete is reused.");
        }
      }
      JobFolder.delete(workshop.folder(job));
      attendance.release(job);
    }
  }

  private static void killProcesses(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> runs = Files.walk(folder, 2)) {
      runs.filter(f -> String.valueOf(f.getFileName()).startsWith("process"))
          .forEach(JobProcess::kill);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the jobs that run in this process. */
  @Override
  public void close() {
    host.close();
  }
}
