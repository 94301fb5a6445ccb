package mlops.emulator.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import mlops.emulator.ml.job.JobRunner;
import mlops.emulator.run.record.JobId;
import mlops.emulator.run.record.JobOwnership;
import mlops.emulator.run.record.RunnerServices;
import mlops.emulator.state.Folders;

/** Executes the jobs of the embedded Azure on this machine. */
public final class JobExecutor implements JobRunner, AutoCloseable {
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(2);

  private final RunnerServices services;
  private final JobOwnership hosts;
  private final JobLauncher host;

  private JobExecutor(RunnerServices services, JobLauncher host) {
    this.services = services;
    this.hosts = new JobOwnership(services.state());
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
  public boolean start(String jobId, BooleanSupplier submission) {
    JobId job = new JobId(jobId);
    boolean isNew =
        hosts.submitting(
            job,
            () -> {
              boolean submitted = submission.getAsBoolean();
              if (submitted) {
                awaitHost(job, host.start(job));
              }
              return submitted;
            });
    if (isNew) {
      endIfLost(jobId); // where its host did not get that far
    }
    return isNew;
  }

  /** Whoever is told that a job is submitted can rely on a process that runs it. */
  private void awaitHost(JobId job, BooleanSupplier isAlive) {
    while (!hosts.isHosted(job) && isAlive.getAsBoolean()) {
      LockSupport.parkNanos(PAUSE);
    }
  }

  @Override
  public void cancel(String jobId) {
    JobId job = new JobId(jobId);
    services.run(job, job.name()).requestCancel();
    hosts.askToCancel(job);
    endIfLost(jobId);
  }

  @Override
  public boolean endIfLost(String jobId) {
    JobId job = new JobId(jobId);
    return hosts.endingLost(job, new LostJob(services, hosts, job)::end);
  }

  /**
   * Ends what dead processes left of their jobs, so that nothing runs on unseen; to be called when
   * a state is opened. Who looks at such a job ends it, too.
   */
  public void recover() {
    try {
      hosts.all().forEach(job -> endIfLost(job.id()));
    } catch (UncheckedIOException e) {
      return; // the disk is full: whoever looks at the job hears of it
    }
    sweep(services.state().folder().resolve(".jobs"));
  }

  /** Deletes what is there of jobs that nobody knows of any more, as older versions left. */
  private void sweep(Path jobs) {
    Instant old = services.clock().instant().minus(Duration.ofHours(1));
    try {
      for (Path left : Folders.list(jobs)) {
        String name = String.valueOf(left.getFileName()).replace(".log", "");
        if (!hosts.isHosted(name) && Files.getLastModifiedTime(left).toInstant().isBefore(old)) {
          Folders.delete(left);
          Files.deleteIfExists(left);
        }
      }
    } catch (IOException e) {
      return; // another process does the same
    }
  }

  /** Ends the jobs that run in this process. */
  @Override
  public void close() {
    host.close();
  }
}
