package mlops.steps.promote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import mlops.azure.ml.ArmIds;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.steps.delivery.CandidateModel;

/** A target takes only what the one before it holds, and has scored with. */
final class RequireTestedStep implements Step {
  private final String environment;
  private final ServedModel before;
  private final boolean forceUnscored;
  private final Output<CandidateModel> candidate;

  RequireTestedStep(
      String environment,
      ServedModel before,
      boolean forceUnscored,
      Output<CandidateModel> candidate) {
    this.environment = environment;
    this.before = before;
    this.forceUnscored = forceUnscored;
    this.candidate = candidate;
  }

  @Override
  public String describe() {
    return "tested in " + before.workspace().name();
  }

  @Override
  public Change check() {
    String name = before.environment();
    if (candidate.ifKnown().isEmpty()) {
      return Change.run("look whether %s scored with it".formatted(name));
    }
    Optional<ObjectNode> held = before.versionsOf(candidate.get()).stream().findFirst();
    if (held.isEmpty()) {
      throw refused(
          name + " does not hold it",
          "First: mlops promote --to %s, then mlops batch-score --env %s.".formatted(name, name));
    }
    if (scored(before.idOf(held.get()))) {
      return Change.none(
          "%s scored with version %s".formatted(name, held.get().path("name").asText()));
    }
    if (forceUnscored) {
      return Change.none("NOT scored in %s, as --force-unscored allows".formatted(name));
    }
    throw refused(
        name + " holds it but has not scored with it",
        "First: mlops batch-score --env %s.".formatted(name));
  }

  /** Whether a job of a deployment with this model completed at the endpoint. */
  private boolean scored(String modelId) {
    if (before.findEndpoint().isEmpty()) {
      return false;
    }
    String path = before.endpointPath();
    for (ObjectNode deployment : before.workspace().list(path + "/deployments", "")) {
      JsonNode model = deployment.path("properties").path("model");
      if (ArmIds.same(model.path("assetId").asText(), modelId)
          && completed(path + "/deployments/" + deployment.path("name").asText())) {
        return true;
      }
    }
    return false;
  }

  private boolean completed(String deployment) {
    return before.workspace().jobsOf(deployment).stream()
        .anyMatch(job -> job.path("properties").path("status").asText().equals("Completed"));
  }

  private MlopsException refused(String why, String wayOut) {
    CandidateModel found = candidate.get();
    return MlopsException.refused(
        "NotTested",
        "version %s of the model may not go to %s: %s".formatted(found.version(), environment, why),
        wayOut);
  }

  @Override
  public void apply(StepMessages messages) {
    messages.say(check().reason());
  }
}
