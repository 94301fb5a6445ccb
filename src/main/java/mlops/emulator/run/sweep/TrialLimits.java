package mlops.emulator.run.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import mlops.emulator.run.record.JobFields;

/**
 * How long a sweep may take.
 *
 * @param end when all of it ends
 * @param trial how long the command of one trial may run
 */
record TrialLimits(Optional<Instant> end, Optional<Duration> trial) {

  static TrialLimits of(JsonNode limits, Instant start) {
    return new TrialLimits(
        JobFields.duration(limits.path("timeout")).map(start::plus),
        JobFields.duration(JobFields.first(limits, "trialTimeout", "trial_timeout")));
  }
}
