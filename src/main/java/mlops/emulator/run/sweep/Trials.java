package mlops.emulator.run.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.stream.Stream;
import mlops.emulator.run.job.ExecutionLog;
import mlops.emulator.run.job.Job;
import mlops.emulator.run.process.DaemonThreads;
import mlops.emulator.run.record.JobCanceled;
import mlops.emulator.sweep.EarlyTermination;
import mlops.emulator.sweep.Sampler;
import mlops.emulator.sweep.SweepSettings;

/** The trials of a sweep: some at the same time, watched while they run. */
final class Trials {
  private static final Duration LOOK = Duration.ofMillis(100);

  private final Job job;
  private final String sweep;
  private final SweepSettings settings;
  private final TrialTask task;
  private final ExecutionLog log;
  private final Sampler sampler;
  private final List<SweepTrial> all = new CopyOnWriteArrayList<>();

  /** How many values of each trial the policy has seen; only the watching thread knows it. */
  private final Map<String, Integer> seen = new HashMap<>();

  private volatile boolean late;

  /**
   * @param sweep the id of its run
   * @param sampler says what is tried
   */
  Trials(
      Job job,
      String sweep,
      SweepSettings settings,
      Sampler sampler,
      TrialTask task,
      ExecutionLog log) {
    this.job = job;
    this.sweep = sweep;
    this.settings = settings;
    this.task = task;
    this.log = log;
    this.sampler = sampler;
  }

  List<SweepTrial> all() {
    return all;
  }

  /**
   * Runs them to the end.
   *
   * @throws JobCanceled where the sweep is cancelled, or takes too long
   */
  void search(TrialLimits limits) {
    int workers = Math.min(settings.concurrent(), job.slots().most(task.task().compute()));
    ExecutorService threads = Executors.newFixedThreadPool(workers, DaemonThreads.daemon("trials"));
    ScheduledFuture<?> watching = job.every(LOOK, () -> watch(limits));
    try {
      CompletableFuture.allOf(
              Stream.generate(() -> CompletableFuture.runAsync(this::work, threads))
                  .limit(workers)
                  .toArray(CompletableFuture<?>[]::new))
          .join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    } finally {
      watching.cancel(false);
      threads.shutdown();
    }
    if (late) {
      log.say("[CONTROLLER][WARNING]The sweep took longer than its limit (limits.timeout).");
      throw new JobCanceled();
    }
  }

  private void work() {
    for (Optional<SweepTrial> next = next(); next.isPresent(); next = next()) {
      SweepTrial trial = next.get();
      log.say("[SCHEDULER][INFO]Scheduling job, id='%s'".formatted(trial.id()));
      trial.execute();
      trial.look(settings.objective().metric());
      sampler.tell(trial.parameters(), settings.objective().best(trial.values()));
      log.say("[CONTROLLER][INFO]Job '%s' is %s.".formatted(trial.id(), trial.status()));
    }
  }

  private synchronized Optional<SweepTrial> next() {
    job.control().check();
    return late || all.size() >= settings.trials()
        ? Optional.empty()
        : sampler.next().map(this::trial);
  }

  private SweepTrial trial(Map<String, JsonNode> parameters) {
    String id = "%s_%d".formatted(sweep, all.size());
    SweepTrial trial =
        new SweepTrial(job, job.services().run(job.id(), id), task.with(parameters), parameters);
    trial.create(sweep);
    all.add(trial);
    return trial;
  }

  private void watch(TrialLimits limits) {
    Instant now = job.services().clock().instant();
    List<SweepTrial> going = all.stream().filter(t -> !t.isOver()).toList();
    going.forEach(trial -> trial.look(settings.objective().metric()));
    late |= limits.end().filter(now::isAfter).isPresent();
    for (SweepTrial trial : going) {
      if (late) {
        trial.end();
      } else if (limits.trial().filter(most -> trial.isLongerThan(most, now)).isPresent()) {
        end(trial, "it runs longer than its limit (limits.trial_timeout)");
      } else if (settings.termination().filter(policy -> isPoor(trial, policy)).isPresent()) {
        end(trial, "its %s is poor".formatted(settings.objective().metric()));
      }
    }
  }

  private boolean isPoor(SweepTrial trial, EarlyTermination policy) {
    List<Double> own = trial.values();
    int looked = seen.getOrDefault(trial.id(), 0);
    seen.put(trial.id(), own.size());
    List<List<Double>> values = all.stream().map(SweepTrial::values).toList();
    return policy.ends(settings.objective(), own, looked, values);
  }

  private void end(SweepTrial trial, String why) {
    log.say("[CONTROLLER][INFO]Job '%s' is canceled: %s.".formatted(trial.id(), why));
    trial.end();
  }
}
