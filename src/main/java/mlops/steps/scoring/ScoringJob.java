package mlops.steps.scoring;

import mlops.plan.Output;
import mlops.steps.ScoringDeployment;

/**
 * What the steps of a scoring learn of it, one from the other.
 *
 * @param input what is scored
 * @param deployment the deployment that scores
 * @param name the name of the job
 */
record ScoringJob(
    Output<ScoringInput> input, Output<ScoringDeployment> deployment, Output<String> name) {

  ScoringJob() {
    this(new Output<>("input"), new Output<>("deployment"), new Output<>("job"));
  }
}
