package mlops.emulator.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What a sweep says of how it searches.
 *
 * @param trials how many there are at most
 * @param concurrent how many run at the same time at most
 */
public record SweepSettings(
    Objective objective,
    ParameterSpace space,
    Sampling sampling,
    Optional<EarlyTermination> termination,
    int trials,
    int concurrent) {
  /** How many trials Azure makes where a sweep does not say. */
  private static final int TRIALS = 1000;

  /**
   * Reads a job of type Sweep, or a node of a pipeline.
   *
   * @throws mlops.emulator.http.ApiException 400 for what is wrong, 501 for what is not done here
   */
  public static SweepSettings of(JsonNode job) {
    SweepReader sweep = new SweepReader("definition", job);
    Objective objective = Objective.of(sweep.in("objective"));
    ParameterSpace space = ParameterSpace.of(sweep.in("searchSpace"));
    SweepReader limits = sweep.in("limits");
    int trials = limits.number("maxTotalTrials", TRIALS, 1);
    return new SweepSettings(
        objective,
        space,
        Sampling.of(sweep, space),
        EarlyTermination.of(sweep.in("earlyTermination")),
        trials,
        Math.min(trials, limits.number("maxConcurrentTrials", trials, 1)));
  }

  /**
   * What gives the trials their parameters where the trials before do not matter; a new one begins
   * anew.
   */
  public Sampler sampler() {
    return sampling.sampler(space);
  }
}
