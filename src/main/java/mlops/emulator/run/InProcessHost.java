package mlops.emulator.run;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import mlops.emulator.run.process.DaemonThreads;
import mlops.emulator.run.record.JobId;
import mlops.emulator.run.record.JobOwnership;
import mlops.emulator.run.record.RunnerServices;

/** Runs jobs in threads of this process. */
final class InProcessHost implements JobLauncher {
  private final RunnerServices services;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(DaemonThreads.daemon("job host"));
  private final Set<JobId> running = ConcurrentHashMap.newKeySet();

  InProcessHost(RunnerServices services) {
    this.services = services;
  }

  @Override
  public BooleanSupplier start(JobId job) {
    running.add(job);
    threads.execute(
        () -> {
          try {
            new SingleJobRun(services).run(job.id());
          } finally {
            running.remove(job);
          }
        });
    return () -> running.contains(job);
  }

  @Override
  public void close() {
    JobOwnership hosts = new JobOwnership(services.state());
    running.forEach(hosts::askToCancel);
    threads.shutdown();
    try {
      if (!threads.awaitTermination(10, SECONDS)) {
        threads.shutdownNow();
        threads.awaitTermination(10, SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
