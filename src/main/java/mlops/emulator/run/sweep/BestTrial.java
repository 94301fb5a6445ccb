package mlops.emulator.run.sweep;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import mlops.emulator.run.job.CommandTask;
import mlops.emulator.run.job.ExecutionLog;
import mlops.emulator.run.job.Job;
import mlops.emulator.run.job.OutputAssets;
import mlops.emulator.run.record.InputValue;
import mlops.emulator.run.record.JobFailure;

/**
 * The best of the trials that completed, whose outputs are the sweep's.
 *
 * @param task what they ran, which says which outputs become assets
 */
record BestTrial(Job job, CommandTask task, SweepRecord record, ExecutionLog log) {

  /**
   * Finds it, and says so in the run of the sweep.
   *
   * @return its outputs; none where no trial logged the metric
   * @throws JobFailure where all trials failed
   */
  Map<String, InputValue.Data> outputs(List<SweepTrial> trials) {
    requireSuccess(trials);
    Optional<SweepTrial> best =
        trials.stream()
            .filter(t -> t.outputs().isPresent() && score(t).isPresent())
            .reduce((a, b) -> isWorse(a, b) ? b : a);
    if (best.isEmpty()) {
      log.say(
          "[CONTROLLER][WARNING]No job that completed logged the primary metric '%s', so none is the best. Log it by mlflow.log_metric."
              .formatted(record.objective().metric()));
      return Map.of();
    }
    record.best(best.get().id(), score(best.get()).orElseThrow());
    Map<String, InputValue.Data> outputs = best.get().outputs().orElseThrow();
    register(best.get().id(), outputs);
    return outputs;
  }

  private Optional<Double> score(SweepTrial trial) {
    return record.objective().best(trial.values());
  }

  private boolean isWorse(SweepTrial one, SweepTrial other) {
    return record.objective().isWorse(score(one).orElseThrow(), score(other).orElseThrow());
  }

  private static void requireSuccess(List<SweepTrial> trials) {
    if (trials.stream().anyMatch(t -> t.outputs().isPresent())) {
      return;
    }
    for (SweepTrial trial : trials) {
      if (trial.failure().isPresent()) {
        JobFailure failure = trial.failure().get();
        throw new JobFailure(
            failure.code(),
            "User errors were found in at least one of the child runs. Job '%s': %s"
                .formatted(trial.id(), failure.message()));
      }
    }
  }

  private void register(String trial, Map<String, InputValue.Data> outputs) {
    task.outputs()
        .forEach(
            (name, target) ->
                OutputAssets.register(
                        job, trial, target, Objects.requireNonNull(outputs.get(name)).uri())
                    .ifPresent(
                        id ->
                            log.say(
                                "[CONTROLLER][INFO]Output '%s' is registered as %s"
                                    .formatted(name, id))));
  }
}
