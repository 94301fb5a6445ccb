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
  private final RunnerServices services;
  private final JobHosts hosts;
  private final JobHost host;

  private JobExecutor(RunnerServices services, JobHost host) {
    this.services = services;
    this.hosts = new JobHosts(services.state());
    this.host = host;
  }

  /** Jobs run in threads of this process, and end with it. */
  public static JobExecutor inProcess(RunnerServices services) {
    return new JobExecutor(services, new InProcessHost(services));
  }

  /**
   * Each job runs in a process of its own, which outlives this one.
   *
   * @param command the command line that runs a job, without the id of the job, which comes last
   */
  public static JobExecutor detached(RunnerServices services, List<String> command) {
    return new JobExecutor(services, new DetachedHost(services, command));
  }

  @Override
  public void start(String jobId) {
    host.start(new JobId(jobId));
  }

  @Override
  public void cancel(String jobId) {
    JobId job = new JobId(jobId);
    RunRecord run = services.run(job, job.name());
    run.requestCancel();
    hosts.askToCancel(job);
    if (!hosts.isHosted(job)) {
      run.end(RunRecord.CANCELED, r -> {});
      hosts.release(job);
    }
  }

  /**
   * Finds the jobs whose process ended before they did, ends what is left of them and says so in
   * their runs; to be called when a state is opened.
   */
  public void recover() {
    for (JobId job : hosts.orphans()) {
      killProcesses(services.folder(job));
      for (ObjectNode run : services.state().list(job.workspace() + "/runs")) {
        if (run.path("rootRunId").asText().equals(job.name()) && !RunRecord.hasEnded(run)) {
          services
              .run(job, run.path("runId").asText())
              .fail(
                  "JobInterrupted",
                  "The job was interrupted: the process that ran it ended before the job did. Run it again; what was complete is reused.");
        }
      }
      JobFolder.delete(services.folder(job));
      hosts.release(job);
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
