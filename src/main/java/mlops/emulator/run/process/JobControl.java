package mlops.emulator.run.process;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import mlops.emulator.run.record.JobCanceled;

/** The cancellation of a job, and the processes that end with it. */
public final class JobControl implements AutoCloseable {

  private final BooleanSupplier asked;
  private final Set<JobProcess> live = ConcurrentHashMap.newKeySet();
  private volatile boolean canceled;

  /**
   * @param asked looks whether someone, perhaps in another process, asked to cancel
   */
  public JobControl(BooleanSupplier asked) {
    this.asked = asked;
  }

  /** Looks whether the job is to end; to be called again and again while it runs. */
  public void look() {
    if (!canceled && asked.getAsBoolean()) {
      cancel();
    }
  }

  /** Ends all processes; nothing new starts. */
  public void cancel() {
    canceled = true;
    live.forEach(JobProcess::kill);
  }

  /** Ends what still runs when the job is over, as where a thread of it died. */
  @Override
  public void close() {
    cancel();
  }

  public boolean isCanceled() {
    return canceled;
  }

  /** Throws {@link JobCanceled} if the job was canceled. */
  public void check() {
    if (canceled) {
      throw new JobCanceled();
    }
  }

  /** Takes a process under control until it ends; its whole tree is gone then. */
  public OptionalInt waitFor(JobProcess process, Duration most) {
    try (Held held = hold(process)) {
      OptionalInt code = held.process().waitFor(most);
      check();
      return code;
    }
  }

  /** Takes a process under control until this is closed. */
  public Held hold(JobProcess process) {
    live.add(process);
    if (canceled) {
      process.kill(); // the cancelling thread may have looked before it was there
    }
    return new Held(process);
  }

  /** A process under control. */
  public final class Held implements AutoCloseable {
    private final JobProcess process;

    private Held(JobProcess process) {
      this.process = process;
    }

    public JobProcess process() {
      return process;
    }

    @Override
    public void close() {
      process.kill();
      live.remove(process);
    }
  }
}
