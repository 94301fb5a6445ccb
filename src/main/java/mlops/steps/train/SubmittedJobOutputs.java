package mlops.steps.train;

import mlops.plan.Output;

/**
 * What later steps need of the job that was submitted.
 *
 * @param content the hash of what was submitted
 */
record SubmittedJobOutputs(Output<String> name, Output<String> content) {

  SubmittedJobOutputs() {
    this(new Output<>("job"), new Output<>("content of the job"));
  }
}
