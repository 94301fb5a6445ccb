package mlops.emulator.run;

/** Where jobs run. */
interface Host {

  /** Has a job run, and returns at once. */
  void start(JobId job);

  /** Ends what would not outlive this process. */
  void close();
}
