package mlops.steps.delivery;

import mlops.plan.Output;

/**
 * A model and the environment that it is scored in, where a deployment can name them.
 *
 * @param version of the model, by which the target serves it
 * @param environment its version, or its id
 */
public record DeliveredPair(Output<String> version, Output<String> environment) {

  /** A pair of which nothing is known yet. */
  public static DeliveredPair awaited() {
    return new DeliveredPair(
        new Output<>("version of the model"), new Output<>("environment of the model"));
  }

  /** Whether both are there. */
  public boolean isReady() {
    return version.ifKnown().isPresent() && environment.ifKnown().isPresent();
  }
}
