package mlops.steps.scoring;

import mlops.azure.ml.JobAttempt;
import mlops.azure.ml.Workspace;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/**
 * The features of the model that scores are retrieved for what is scored, once: the job is named by
 * its content, and a further try after one that broke gets the next name.
 */
final class SubmitRetrievalStep implements Step {
  private final Workspace workspace;
  private final RetrievalJob retrieval;
  private final boolean force;
  private final ScoringJob job;
  private final Output<String> name;

  /**
   * @param force whether what was retrieved before is retrieved again
   * @param job is given what the endpoint scores
   * @param name is given the name of the job that retrieves
   */
  SubmitRetrievalStep(
      Workspace workspace,
      RetrievalJob retrieval,
      boolean force,
      ScoringJob job,
      Output<String> name) {
    this.workspace = workspace;
    this.retrieval = retrieval;
    this.force = force;
    this.job = job;
    this.name = name;
  }

  @Override
  public String describe() {
    return "retrieve features";
  }

  @Override
  public Change check() {
    if (!retrieval.isReady()) {
      return Change.run("for what is scored");
    }
    requireFeatures();
    JobAttempt attempt = attempt();
    if (!attempt.taken()) {
      return Change.run(attempt.reason("not retrieved before"));
    }
    learn(attempt.name());
    return Change.none("retrieved before by " + attempt.name());
  }

  private void requireFeatures() {
    retrieval.model().requireFeatures(retrieval.endpoint().target().name());
  }

  private JobAttempt attempt() {
    return JobAttempt.of(workspace, retrieval.baseName(), (job, state) -> counts(state));
  }

  /** Whether an earlier job with this content is the one to go on with. */
  private boolean counts(String state) {
    return switch (state) {
      case "Completed" -> !force;
      case "Failed", "Canceled", "CancelRequested", "NotResponding" -> false;
      default -> true;
    };
  }

  @Override
  public void apply(StepMessages messages) {
    requireFeatures();
    JobAttempt attempt = attempt();
    if (attempt.taken()) {
      messages.say("another mlops has just asked for the same: job " + attempt.name());
    } else {
      workspace.submit(
          attempt.name(), retrieval.translation(attempt.name(), force).resource().body());
      messages.say("job " + attempt.name());
    }
    learn(attempt.name());
  }

  private void learn(String submitted) {
    name.set(submitted);
    job.input().set(new ScoringInput(RetrievalJob.place(submitted).toString(), true));
  }
}
