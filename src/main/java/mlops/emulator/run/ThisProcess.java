package mlops.emulator.run;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Runs jobs in threads of this process. */
final class ThisProcess implements Host {
  private final Workshop workshop;
  private final ExecutorService threads = Executors.newCachedThreadPool(Threads.daemon("job host"));
  private final Set<JobId> running = ConcurrentHashMap.newKeySet();

  ThisProcess(Workshop workshop) {
    this.workshop = workshop;
  }

  @Override
  public void start(JobId job) {
    Attendance attendance = new Attendance(workshop.state());
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
    Attendance attendance = new Attendance(workshop.state());
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
