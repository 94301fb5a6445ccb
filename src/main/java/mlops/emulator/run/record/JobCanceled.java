package mlops.emulator.run.record;

/** Thrown where a job notices that it is cancelled. */
public final class JobCanceled extends RuntimeException {
  public JobCanceled() {
    super("canceled", null, false, false);
  }
}
