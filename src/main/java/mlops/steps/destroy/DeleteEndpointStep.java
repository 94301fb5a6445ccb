package mlops.steps.destroy;

import java.util.List;
import mlops.azure.ml.Workspace;
import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/** A batch endpoint is gone, and with it its deployments: Azure deletes those along. */
final class DeleteEndpointStep implements Step {
  private final Workspace workspace;
  private final String endpoint;

  DeleteEndpointStep(Workspace workspace, String endpoint) {
    this.workspace = workspace;
    this.endpoint = endpoint;
  }

  @Override
  public String describe() {
    return "batch endpoint " + endpoint;
  }

  @Override
  public Change check() {
    if (workspace.find().isEmpty() || workspace.find(path()).isEmpty()) {
      return Change.none("is not there");
    }
    List<String> deployments =
        workspace.list(path() + "/deployments", "").stream()
            .map(deployment -> deployment.path("name").asText())
            .toList();
    return Change.delete(
        deployments.isEmpty() ? "has no deployments" : "with " + String.join(", ", deployments));
  }

  private String path() {
    return "batchEndpoints/" + endpoint;
  }

  @Override
  public void apply(StepMessages messages) {
    workspace.delete(path());
  }
}
