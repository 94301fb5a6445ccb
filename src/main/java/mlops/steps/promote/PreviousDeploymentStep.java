package mlops.steps.promote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import mlops.azure.ml.Workspace;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.steps.ScoringDeployment;

/** The deployment that served before the default one is known, and is still there. */
final class PreviousDeploymentStep implements Step {
  private final Workspace workspace;
  private final String endpoint;
  private final Output<String> deployment;

  /**
   * @param deployment is given the name of the deployment before
   */
  PreviousDeploymentStep(Workspace workspace, String endpoint, Output<String> deployment) {
    this.workspace = workspace;
    this.endpoint = endpoint;
    this.deployment = deployment;
  }

  @Override
  public String describe() {
    return "deployment before, at " + endpoint;
  }

  @Override
  public Change check() {
    Optional<ObjectNode> found =
        workspace.find().flatMap(w -> workspace.find("batchEndpoints/" + endpoint));
    String before =
        found
            .map(e -> e.path("tags").path(ScoringDeployment.PREVIOUS).asText(""))
            .orElseThrow(() -> nothing("the endpoint does not exist"));
    if (before.isEmpty()) {
      throw nothing("its default deployment is the first one it has");
    }
    if (workspace.find("batchEndpoints/%s/deployments/%s".formatted(endpoint, before)).isEmpty()) {
      throw nothing("deployment %s, which served before, was deleted".formatted(before));
    }
    deployment.set(before);
    return Change.none(before);
  }

  private MlopsException nothing(String why) {
    return MlopsException.failed(
        "NothingBefore",
        "endpoint %s cannot be rolled back: %s".formatted(endpoint, why),
        "mlops status shows what serves and what served before.");
  }

  @Override
  public void apply(StepMessages messages) {
    throw new IllegalStateException("looking changes nothing");
  }
}
