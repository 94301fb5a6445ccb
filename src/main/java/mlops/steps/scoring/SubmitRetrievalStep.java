package mlops.steps.scoring;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
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
    Place place = place();
    if (!place.taken()) {
      return Change.run(place.reason());
    }
    learn(place.name());
    return Change.none("retrieved before by " + place.name());
  }

  private void requireFeatures() {
    retrieval.model().requireFeatures(retrieval.endpoint().target().name());
  }

  /**
   * The job to go on with, or the name of the next one.
   *
   * @param taken whether it is there
   * @param reason why there is to be a new one
   */
  private record Place(String name, boolean taken, String reason) {}

  private Place place() {
    String base = retrieval.baseName();
    String reason = "not retrieved before";
    for (int attempt = 1; ; attempt++) {
      String next = attempt == 1 ? base : base + "-" + attempt;
      Optional<ObjectNode> found = workspace.find("jobs/" + next);
      if (found.isEmpty()) {
        return new Place(next, false, reason);
      }
      String state = found.get().path("properties").path("status").asText();
      if (counts(state)) {
        return new Place(next, true, state);
      }
      reason = state.equals("Completed") ? "--force" : "%s ended as %s".formatted(next, state);
    }
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
  public void apply(StepMessages notes) {
    requireFeatures();
    Place place = place();
    if (place.taken()) {
      notes.say("another mlops has just asked for the same: job " + place.name());
    } else {
      workspace.submit(place.name(), retrieval.translation(place.name(), force).resource().body());
      notes.say("job " + place.name());
    }
    learn(place.name());
  }

  private void learn(String submitted) {
    name.set(submitted);
    job.input().set(new ScoringInput(RetrievalJob.place(submitted).toString(), true));
  }
}
