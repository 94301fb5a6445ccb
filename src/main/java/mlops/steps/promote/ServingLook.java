package mlops.steps.promote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import mlops.azure.ml.Workspace;
import mlops.plan.Change;
import mlops.plan.Recipe;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.steps.ScoringDeployment;
import mlops.steps.delivery.DeliveredPair;

/** An endpoint sends to the deployment that mlops let serve, and behind that is the model. */
final class ServingLook implements Step {

  private final Workspace workspace;
  private final String endpoint;
  private final String model;
  private final DeliveredPair delivered;

  /**
   * @param model the name that the model has there
   * @param delivered is given the version of the model behind the endpoint
   */
  ServingLook(Workspace workspace, String endpoint, String model, DeliveredPair delivered) {
    this.workspace = workspace;
    this.endpoint = endpoint;
    this.model = model;
    this.delivered = delivered;
  }

  /** Puts looks into a recipe, of which this is one and the others wait for it. */
  void addTo(Recipe.Builder recipe, Recipe looks) {
    for (Recipe.Node node : looks.nodes()) {
      Step step = node.step() == this ? this : new WherePromotedStep(node.step(), this::isPromoted);
      recipe.step(node.id(), step, node.waitsFor().toArray(String[]::new));
    }
  }

  /** Whether a model serves, or did so before something was taken away. */
  boolean isPromoted() {
    return delivered.isReady();
  }

  @Override
  public String describe() {
    return "what %s serves".formatted(endpoint);
  }

  @Override
  public Change check() {
    if (workspace.find().isEmpty()) {
      return Change.none("its workspace does not exist");
    }
    Optional<ObjectNode> found = workspace.find(path());
    if (found.isEmpty()) {
      boolean promoted = !workspace.versions("models", model).isEmpty();
      return promoted
          ? Change.create("the endpoint does not exist, and models were promoted")
          : Change.none("nothing was promoted yet");
    }
    return compare(found.get());
  }

  private Change compare(ObjectNode found) {
    String serves = ScoringDeployment.servingAt(found);
    String meant = found.path("tags").path(ScoringDeployment.SERVES).asText(serves);
    if (serves.isEmpty()) {
      return meant.isEmpty()
          ? Change.none("no deployment yet")
          : Change.update("(none) → %s, which mlops let serve".formatted(meant));
    }
    Optional<ObjectNode> there = workspace.find(path() + "/deployments/" + serves);
    if (there.isEmpty()) {
      return Change.create("deployment %s, which serves, does not exist".formatted(serves));
    }
    return serves.equals(meant)
        ? behind(serves, there.get())
        : Change.update("%s → %s, which mlops let serve".formatted(serves, meant));
  }

  private Change behind(String serves, ObjectNode found) {
    String actual = found.at("/properties/model/assetId").asText();
    String version = actual.substring(actual.lastIndexOf('/') + 1);
    if (!actual.contains("/models/" + model + "/")) {
      return Change.update("model %s → %s".formatted(actual.isEmpty() ? "(none)" : actual, model));
    }
    delivered.version().set(version);
    delivered.environment().set(found.at("/properties/environmentId").asText());
    return Change.none("%s, model version %s".formatted(serves, version));
  }

  private String path() {
    return "batchEndpoints/" + endpoint;
  }

  @Override
  public void apply(StepMessages messages) {
    throw new IllegalStateException("looking changes nothing");
  }
}
