package mlops.steps.promote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import mlops.azure.ml.ArmIds;
import mlops.azure.ml.Workspace;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.steps.Lineage;

/** Prod takes only what test holds, and what scored there. */
final class RequireTestedStep implements Step {
  private final Workspace test;
  private final String model;
  private final String endpoint;
  private final boolean forceUnscored;
  private final Output<CandidateModel> candidate;

  RequireTestedStep(
      Workspace test,
      String model,
      String endpoint,
      boolean forceUnscored,
      Output<CandidateModel> candidate) {
    this.test = test;
    this.model = model;
    this.endpoint = endpoint;
    this.forceUnscored = forceUnscored;
    this.candidate = candidate;
  }

  @Override
  public String describe() {
    return "tested in " + test.name();
  }

  @Override
  public Change check() {
    if (candidate.ifKnown().isEmpty()) {
      return Change.run("look whether test scored with it");
    }
    Optional<ObjectNode> held = held();
    if (held.isEmpty()) {
      throw refused(
          "test does not hold it",
          "First: mlops promote --to test, then mlops batch-score --env test.");
    }
    if (scored(held.get().path("id").asText())) {
      return Change.none("test scored with version " + held.get().path("name").asText());
    }
    if (forceUnscored) {
      return Change.none("NOT scored in test, as --force-unscored allows");
    }
    throw refused(
        "test holds it but has not scored with it", "First: mlops batch-score --env test.");
  }

  private Optional<ObjectNode> held() {
    return test.find().isEmpty()
        ? Optional.empty()
        : test.versions("models", model).stream()
            .filter(v -> sameContent(Lineage.of(v)))
            .findFirst();
  }

  private boolean sameContent(Lineage lineage) {
    return lineage.manifest().equals(candidate.get().lineage().manifest());
  }

  /** Whether a job of a deployment with this model completed at the endpoint of test. */
  private boolean scored(String modelId) {
    String path = "batchEndpoints/" + endpoint;
    if (test.find(path).isEmpty()) {
      return false;
    }
    for (ObjectNode deployment : test.list(path + "/deployments", "")) {
      JsonNode model = deployment.path("properties").path("model");
      if (ArmIds.same(model.path("assetId").asText(), modelId)
          && completed(path + "/deployments/" + deployment.path("name").asText())) {
        return true;
      }
    }
    return false;
  }

  private boolean completed(String deployment) {
    return test.jobsOf(deployment).stream()
        .anyMatch(job -> job.path("properties").path("status").asText().equals("Completed"));
  }

  private MlopsException refused(String why, String wayOut) {
    CandidateModel found = candidate.get();
    return MlopsException.refused(
        "NotTested",
        "version %s of the model may not go to prod: %s".formatted(found.version(), why),
        wayOut);
  }

  @Override
  public void apply(StepMessages notes) {
    notes.say(check().reason());
  }
}
