package mlops.steps.scoring;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a batch job scored.
 *
 * @param uri where the result lies in the datastore
 * @param file where it lies here; empty where the deployment keeps a summary only
 * @param rows how many predictions it holds
 * @param blank how many of them say nothing: no value, or one that is no number
 * @param time from the start of the job to its end
 */
public record ScoringResult(
    String job, String uri, Optional<Path> file, long rows, long blank, Duration time) {

  public double rowsPerSecond() {
    return time.isZero() ? 0 : rows * 1000.0 / time.toMillis();
  }
}
