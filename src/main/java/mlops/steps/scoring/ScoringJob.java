package mlops.steps.scoring;

import mlops.plan.Output;
import mlops.steps.ScoringDeployment;

/**
 * What the steps of a scoring learn of it, one from the other.
 *
 * @param given what the user or the profile says is to be scored
 * @param input what the endpoint scores: the same, or that with features
 * @param deployment the deployment that scores
 * @param name the name of the job
 */
record ScoringJob(
    Output<ScoringInput> given,
    Output<ScoringInput> input,
    Output<ScoringDeployment> deployment,
    Output<String> name) {

  /** One that scores what is given. */
  static ScoringJob plain() {
    Output<ScoringInput> input = new Output<>("input");
    return new ScoringJob(input, input, new Output<>("deployment"), new Output<>("job"));
  }

  /** One that scores what is given with the features of its model. */
  static ScoringJob withFeatures() {
    return new ScoringJob(
        new Output<>("input"),
        new Output<>("input with features"),
        new Output<>("deployment"),
        new Output<>("job"));
  }

  /** Whether the model gets features for what is scored. */
  boolean retrieves() {
    return given != input;
  }
}
