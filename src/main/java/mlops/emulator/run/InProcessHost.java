package mlops.emulator.run;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import mlops.emulator.run.process.DaemonThreads;
import mlops.emulator.run.record.JobHosts;
import mlops.emulator.run.record.JobId;
import mlops.emulator.run.record.RunnerServices;

/** Runs jobs in threads of this process. */
final class InProcessHost implements JobHost {
  private final RunnerServices workshop;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(DaemonThreads.daemon("job host"));
  private final Set<JobId> running = ConcurrentHashMap.newKeySet();

  InProcessHost(RunnerServices workshop) {
    this.workshop = workshop;
  }

  @Override
  public void start(JobId job) {
    JobHosts attendance = new JobHosts(workshop.state());
    attendance.claim(job, ProcessHandle.current());
    running.add(job);
    threads.execute(
        () -> {
          try {
            new RunJob(workshop).run(job.id());
          } finally {
            running.remove(job);
          }
        });
  }

  @Override
  public void close() {
    JobHosts attendance = new JobHosts(workshop.state());
    running.forEach(attendance::askToCancel);
    threads.shutdown();
    try {
      if (!threads.awaitTermination(10, java.util.concurrent.TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
