package mlops.emulator.run;

import java.util.function.BooleanSupplier;
import mlops.emulator.run.record.JobId;

/** Where jobs run. */
interface JobLauncher {

  /**
   * Has a job run, and returns at once.
   *
   * @return whether that which is to run it lives
   */
  BooleanSupplier start(JobId job);

  /** Ends what would not outlive this process. */
  void close();
}
