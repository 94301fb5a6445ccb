package mlops.emulator.ml.job;

import java.util.function.BooleanSupplier;

/** Who executes jobs. A job is named by its ARM id; all that is known of it is in the state. */
public interface JobRunner {

  /**
   * Has a job run; returns once a process answers for it.
   *
   * @param submission writes the documents of the job, and says whether it is a new one, which is
   *     to run. This process answers for the job from before, so nobody takes it for a lost one.
   * @return what the submission said
   */
  boolean start(String jobId, BooleanSupplier submission);

  /**
   * Ends a job that no living process answers for; to be asked by whoever sees one that has not
   * ended.
   *
   * @return whether that was so
   */
  boolean endIfLost(String jobId);

  /** Asks a job to end; its run is Canceled once its processes are gone. */
  void cancel(String jobId);
}
