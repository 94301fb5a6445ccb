package mlops.emulator.run.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import mlops.emulator.run.process.JobControl;
import mlops.emulator.run.record.JobCanceled;
import mlops.emulator.state.ProcessLocks;

/**
 * How much runs at the same time on this state, in however many processes: within the machine's
 * cores and each cluster's nodes. What a process that dies had taken is free again.
 */
public final class RunSlots {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final ComputeClusters computes;
  private final ProcessLocks locks;
  private final int cores = Runtime.getRuntime().availableProcessors();

  /** In this process one thread waits for each kind of slot, and the others for their turn. */
  private final Map<String, ReentrantLock> queues = new ConcurrentHashMap<>();

  public RunSlots(ComputeClusters computes, ProcessLocks locks) {
    this.computes = computes;
    this.locks = locks;
  }

  /** Nodes and cores to run on; to be given back. */
  public record Slots(List<ProcessLocks.Held> held) {
    public void release() {
      held.forEach(ProcessLocks.Held::close);
    }
  }

  /** How many commands of one process can run on a compute at the same time. */
  public int most(String compute) {
    return Math.min(computes.width(compute), cores);
  }

  /**
   * Waits for nodes of a compute and for cores of the machine. Who asks for more than there are
   * gets all there are.
   *
   * @param compute the ARM id of a cluster, or empty for nodes without number
   */
  public Slots take(String compute, int nodes, int processes, JobControl control) {
    Slots taken = new Slots(new ArrayList<>());
    try {
      int width = computes.width(compute);
      if (width < Integer.MAX_VALUE) {
        taken.held().addAll(await("/slots" + compute, Math.min(nodes, width), width, control));
      }
      taken.held().addAll(await("/slots", Math.min(processes, cores), cores, control));
      return taken;
    } catch (RuntimeException e) {
      taken.release();
      throw e;
    }
  }

  private List<ProcessLocks.Held> await(String kind, int number, int most, JobControl control) {
    ReentrantLock queue = queues.computeIfAbsent(kind, k -> new ReentrantLock(true));
    enter(queue, control);
    try {
      while (true) {
        List<ProcessLocks.Held> taken = tryTake(kind, number, most);
        if (taken.size() == number) {
          return taken;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
        control.check();
      }
    } finally {
      queue.unlock();
    }
  }

  private static void enter(ReentrantLock queue, JobControl control) {
    try {
      while (!queue.tryLock(100, TimeUnit.MILLISECONDS)) {
        control.check();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JobCanceled();
    }
  }

  /** All or nothing: two that each have a part of what they need would wait for each other. */
  private List<ProcessLocks.Held> tryTake(String kind, int number, int most) {
    List<ProcessLocks.Held> taken = new ArrayList<>();
    for (int i = 0; i < most && taken.size() < number; i++) {
      Optional<ProcessLocks.Held> free = locks.tryLock(kind + "/" + i);
      free.ifPresent(taken::add);
    }
    if (taken.size() < number) {
      taken.forEach(ProcessLocks.Held::close);
      taken.clear();
    }
    return taken;
  }
}
