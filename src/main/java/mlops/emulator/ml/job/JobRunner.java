package mlops.emulator.ml.job;

/** Who executes jobs. A job is named by its ARM id; all that is known of it is in the state. */
public interface JobRunner {

  /** Starts a job whose documents are written; returns at once. */
  void start(String jobId);

  /** Asks a job to end; its run is Canceled once its processes are gone. */
  void cancel(String jobId);
}
