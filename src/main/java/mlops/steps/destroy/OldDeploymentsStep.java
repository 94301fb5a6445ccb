package mlops.steps.destroy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import mlops.azure.ml.Workspace;
import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.steps.ScoringDeployment;

/**
 * An endpoint has no deployments but the one that serves and the one before it, to which a rollback
 * returns. Where nothing serves, all stay.
 */
final class OldDeploymentsStep implements Step {
  private final Workspace workspace;
  private final String endpoint;

  OldDeploymentsStep(Workspace workspace, String endpoint) {
    this.workspace = workspace;
    this.endpoint = endpoint;
  }

  @Override
  public String describe() {
    return "old deployments of " + endpoint;
  }

  @Override
  public Change check() {
    if (workspace.find().isEmpty() || workspace.find(path()).isEmpty()) {
      return Change.none("the endpoint is not there");
    }
    ObjectNode found = workspace.get(path());
    String serves = ScoringDeployment.servingAt(found);
    if (serves.isEmpty()) {
      return Change.none("nothing serves: all stay");
    }
    List<String> old = old(found);
    String before = ScoringDeployment.beforeAt(found);
    String stay = before.isEmpty() ? serves + " stays" : "%s and %s stay".formatted(serves, before);
    return old.isEmpty()
        ? Change.none("none: " + stay)
        : Change.delete("%s; %s".formatted(String.join(", ", old), stay));
  }

  private List<String> old(ObjectNode found) {
    List<String> stay =
        List.of(ScoringDeployment.servingAt(found), ScoringDeployment.beforeAt(found));
    return workspace.list(path() + "/deployments", "").stream()
        .map(deployment -> deployment.path("name").asText())
        .filter(name -> !stay.contains(name))
        .sorted()
        .toList();
  }

  private String path() {
    return "batchEndpoints/" + endpoint;
  }

  @Override
  public void apply(StepMessages messages) {
    for (String name : old(workspace.get(path()))) {
      workspace.delete(path() + "/deployments/" + name);
    }
  }
}
