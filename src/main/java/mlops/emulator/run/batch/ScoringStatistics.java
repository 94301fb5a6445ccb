package mlops.emulator.run.batch;

import mlops.emulator.run.record.JobFailure;

/** Counts how the files of a batch scoring job fare, against the failures that it may have. */
final class ScoringStatistics {
  private final int threshold;
  private final int batchThreshold;
  private final boolean mayBeEmpty;
  private int batches;
  private int failedBatches;
  private int succeeded;
  private int failed;
  private long rows;
  private String error = "";

  /**
   * @param threshold how many files may fail; -1 for any number
   * @param batchThreshold the same for mini batches
   * @param mayBeEmpty whether a script that gives no results at all has done its work
   */
  ScoringStatistics(int threshold, int batchThreshold, boolean mayBeEmpty) {
    this.threshold = threshold;
    this.batchThreshold = batchThreshold;
    this.mayBeEmpty = mayBeEmpty;
  }

  /**
   * Counts a mini batch that a worker has scored. The results of a script that gives fewer of them
   * than it was given files stand for the files that succeeded.
   *
   * @param failedFiles as far as the worker knows, else -1
   */
  synchronized int succeeded(MiniBatch batch, int items, int failedFiles) {
    int bad = failedFiles >= 0 ? failedFiles : Math.max(0, batch.items() - items);
    batches++;
    failed += bad;
    succeeded += batch.items() - bad;
    rows += items;
    if (bad > 0 && !mayBeEmpty) {
      error = "run() gave %s for %s".formatted(CountText.results(items), batch.words());
    }
    return bad;
  }

  synchronized void failed(MiniBatch batch, String why) {
    batches++;
    failedBatches++;
    failed += batch.items();
    error = why;
  }

  /** Whether more files or mini batches have failed than may. */
  synchronized boolean isOver() {
    return isOver(failed, threshold) || isOver(failedBatches, batchThreshold);
  }

  private static boolean isOver(int count, int most) {
    return most >= 0 && count > most;
  }

  /**
   * Says how it went.
   *
   * @param unit what an item of the mini batches is called
   * @throws JobFailure where too many files failed, or all of them
   */
  synchronized String close(String unit) {
    if (isOver(failedBatches, batchThreshold)) {
      throw JobFailure.user(
          "Run failed. The number of failed mini batches %d is over the threshold %d (mini_batch_error_threshold), so the job was aborted. Last error: %s. Please check log file 'user_logs/std_log.txt'."
              .formatted(failedBatches, batchThreshold, error));
    }
    if (isOver()) {
      throw JobFailure.user(
          "Run failed. The number of failed items %d is over the error threshold %d (error_threshold), so the job was aborted. Last error: %s. Please check log file 'user_logs/std_log.txt'."
              .formatted(failed, threshold, error));
    }
    boolean isEmpty = mayBeEmpty && failedBatches < batches;
    if (succeeded == 0 && batches > 0 && !isEmpty) {
      throw JobFailure.user(
          "Run failed. There is no succeeded mini batch item returned from run(). Please check 'response: run()' in https://aka.ms/batch-inference-documentation. Last error: %s"
              .formatted(error));
    }
    return "%s, %d of them failed; %s succeeded, %d failed; %s."
        .formatted(
            CountText.batches(batches),
            failedBatches,
            CountText.of(succeeded, unit),
            failed,
            CountText.results(rows));
  }
}
