package mlops.emulator.run.batch;

import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import mlops.emulator.run.job.Job;
import mlops.emulator.run.process.DaemonThreads;
import mlops.emulator.run.process.JobControl;
import mlops.emulator.run.process.JobProcess;
import mlops.emulator.run.record.JobFailure;
import org.jspecify.annotations.Nullable;

/**
 * The workers of a batch scoring job, which stay warm from one mini batch to the next. Where the
 * script's {@code init()} fails the job ends: {@code retry_settings} are of mini batches (REST
 * reference, BatchRetrySettings), and Azure documents no other try of {@code init()}.
 */
final class WorkerPool {
  private final Supplier<JobProcess> starter;
  private final ScoreSettings settings;
  private final @Nullable ResultFile results;
  private final JobControl control;
  private final ScheduledExecutorService clock;
  private final Consumer<String> log;
  private final ScoringStatistics tally;

  /**
   * @param starter starts the process of a worker
   * @param results what takes the results, if they are kept
   */
  WorkerPool(
      Supplier<JobProcess> starter,
      ScoreSettings settings,
      @Nullable ResultFile results,
      Job job,
      Consumer<String> log) {
    this.starter = starter;
    this.settings = settings;
    this.results = results;
    this.control = job.control();
    this.clock = job.clock();
    this.log = log;
    this.tally =
        new ScoringStatistics(
            settings.threshold(), settings.batchThreshold(), settings.mayBeEmpty());
  }

  /**
   * Scores all mini batches.
   *
   * @param batches at least one
   * @return how it went, in words
   * @throws JobFailure where more files failed than may, or the script does not start
   */
  String score(List<MiniBatch> batches) {
    Queue<MiniBatch> queue = new ConcurrentLinkedQueue<>(batches);
    int workers = Math.min(settings.workers(), batches.size());
    ExecutorService threads =
        Executors.newFixedThreadPool(Math.max(1, workers), DaemonThreads.daemon("worker"));
    try {
      List<CompletableFuture<Void>> all =
          IntStream.range(0, workers)
              .mapToObj(i -> CompletableFuture.runAsync(() -> work(queue), threads))
              .toList();
      CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new)).join();
      return tally.close(batches.get(0).unit());
    } catch (CompletionException e) {
      queue.clear();
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    } finally {
      threads.shutdown();
    }
  }

  private void work(Queue<MiniBatch> queue) {
    Worker worker = null;
    try {
      for (MiniBatch batch = queue.poll(); batch != null; batch = queue.poll()) {
        control.check();
        worker = score(batch, worker);
        if (tally.isOver()) {
          queue.clear();
        }
      }
    } catch (Worker.Failure e) {
      queue.clear();
      control.check();
      throw JobFailure.user(
          "User program failed with Exception: Run failed, please check logs for details. %s"
              .formatted(e.message()));
    } finally {
      if (worker != null) {
        worker.close();
      }
    }
  }

  /** Tries a mini batch as often as it may be tried; gives the worker for the next. */
  private @Nullable Worker score(MiniBatch batch, @Nullable Worker warm) throws Worker.Failure {
    Worker worker = warm;
    String why = "";
    int late = 0;
    for (int tried = 1; tried <= settings.tries(); tried++) {
      if (worker == null) {
        worker = Worker.ready(starter.get(), control, clock);
      }
      long start = System.nanoTime();
      try {
        done(batch, worker.score(batch, part(batch), settings.timeout()), start);
        return worker;
      } catch (Worker.Failure e) {
        control.check();
        why = e.message();
        late += e.blame == Worker.Blame.TIME ? 1 : 0;
        log.accept(
            "Mini batch %d failed, try %d of %d: %s"
                .formatted(batch.index(), tried, settings.tries(), why));
        worker = alive(worker, e);
      }
    }
    if (late == settings.tries()) {
      throw tooSlow(late);
    }
    tally.failed(batch, why);
    if (results != null) {
      results.done(batch, false);
    }
    return worker;
  }

  /**
   * Azure ends the job where a mini batch is over its time in each try, whatever the error
   * threshold: learn.microsoft.com, Troubleshooting batch endpoints.
   */
  private Worker.Failure tooSlow(int times) {
    return new Worker.Failure(
        "The run() function in the entry script had timeout for %d times, each after %d s (retry_settings.timeout)."
            .formatted(times, settings.timeout().toSeconds()),
        Worker.Blame.TIME);
  }

  private static @Nullable Worker alive(Worker worker, Worker.Failure failure) {
    if (failure.blame == Worker.Blame.SCRIPT && worker.isAlive()) {
      return worker;
    }
    worker.close();
    return null;
  }

  private void done(MiniBatch batch, Worker.Scored scored, long start) {
    int failed = tally.succeeded(batch, scored.items(), scored.failedFiles());
    if (results != null) {
      results.done(batch, true);
    }
    log.accept(
        "Mini batch %d: %s, %d of them failed, %s, %.2f s"
            .formatted(
                batch.index(),
                batch.words(),
                failed,
                CountText.results(scored.items()),
                (System.nanoTime() - start) / 1e9));
  }

  private @Nullable Path part(MiniBatch batch) {
    return results == null ? null : results.part(batch);
  }
}
