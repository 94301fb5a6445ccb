package mlops.emulator.run.job;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import mlops.emulator.run.process.JobControl;
import mlops.emulator.run.record.JobCanceled;

/** How many commands run at the same time: within the machine's cores and each cluster's nodes. */
public final class RunSlots {
  private final ComputeClusters computes;
  private final Semaphore cores = new Semaphore(Runtime.getRuntime().availableProcessors(), true);
  private final Map<String, Semaphore> nodes = new ConcurrentHashMap<>();

  public RunSlots(ComputeClusters computes) {
    this.computes = computes;
  }

  /** A place to run; to be given back. */
  record Slot(Semaphore node, Semaphore core) {
    void release() {
      core.release();
      node.release();
    }
  }

  /** Waits for a node of the compute and a core of the machine. */
  Slot take(String compute, JobControl control) {
    Semaphore node = nodes.computeIfAbsent(compute, id -> new Semaphore(computes.width(id), true));
    acquire(node, control);
    try {
      acquire(cores, control);
    } catch (RuntimeException e) {
      node.release();
      throw e;
    }
    return new Slot(node, cores);
  }

  private static void acquire(Semaphore semaphore, JobControl control) {
    try {
      while (!semaphore.tryAcquire(100, TimeUnit.MILLISECONDS)) {
        control.check();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JobCanceled();
    }
  }
}
