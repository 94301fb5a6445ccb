package mlops.emulator.run;

import mlops.emulator.run.record.JobId;

/** Where jobs run. */
interface JobHost {

  /** Has a job run, and returns at once. */
  void start(JobId job);

  /** Ends what would not outlive this process. */
  void close();
}
