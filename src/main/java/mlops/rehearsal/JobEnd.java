package mlops.rehearsal;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import mlops.emulator.github.actions.Conclusion;
import mlops.emulator.github.actions.RunJob;

/**
 * How a job ended.
 *
 * @param reason why it failed or did not run; may be empty
 * @param tail the last lines of its log, where it failed
 * @param outputs what jobs that need it may ask for
 */
record JobEnd(
    Conclusion conclusion, String reason, List<String> tail, Map<String, String> outputs) {

  /** One of an earlier attempt, which is not done again. */
  static JobEnd of(RunJob job) {
    return new JobEnd(Objects.requireNonNull(job.conclusion()), "", List.of(), job.outputs());
  }

  static JobEnd without(Conclusion conclusion, String reason) {
    return new JobEnd(conclusion, reason, List.of(), Map.of());
  }
}
