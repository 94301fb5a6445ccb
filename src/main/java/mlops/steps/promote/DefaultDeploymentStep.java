package mlops.steps.promote;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import mlops.azure.ml.Workspace;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.steps.RollbackTag;
import mlops.steps.ScoringDeployment;

/** The endpoint sends what names no deployment to this one, and remembers the one before. */
final class DefaultDeploymentStep implements Step {
  private final Workspace workspace;
  private final String endpoint;
  private final Output<String> deployment;
  private final Optional<Decision> rollback;

  /** Who decides something now. */
  record Decision(Supplier<String> by, Clock clock) {}

  /** For a promotion. */
  DefaultDeploymentStep(Workspace workspace, String endpoint, Output<String> deployment) {
    this(workspace, endpoint, deployment, Optional.empty());
  }

  /**
   * @param rollback whether what served before is rolled back: who says so
   */
  DefaultDeploymentStep(
      Workspace workspace,
      String endpoint,
      Output<String> deployment,
      Optional<Decision> rollback) {
    this.workspace = workspace;
    this.endpoint = endpoint;
    this.deployment = deployment;
    this.rollback = rollback;
  }

  @Override
  public String describe() {
    return "default deployment of " + endpoint;
  }

  @Override
  public Change check() {
    if (deployment.ifKnown().isEmpty() || workspace.find().isEmpty()) {
      return Change.update("set it");
    }
    return workspace
        .find("batchEndpoints/" + endpoint)
        .map(this::compare)
        .orElseGet(() -> Change.update("→ " + deployment.get()));
  }

  private Change compare(ObjectNode found) {
    String actual = defaultOf(found);
    return actual.equals(deployment.get())
        ? Change.none(actual)
        : Change.update(
            "%s → %s".formatted(actual.isEmpty() ? "(none)" : actual, deployment.get()));
  }

  @Override
  public void apply(StepMessages messages) {
    ObjectNode found = workspace.get("batchEndpoints/" + endpoint);
    String before = defaultOf(found);
    if (before.equals(deployment.get())) {
      return; // another mlops was as far: it did not serve before itself
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("location", found.path("location"));
    body.set("properties", found.path("properties").deepCopy());
    body.withObject("/properties").putObject("defaults").put("deploymentName", deployment.get());
    body.withObject("/properties").remove(List.of("scoringUri", "swaggerUri", "provisioningState"));
    ObjectNode tags = found.path("tags") instanceof ObjectNode t ? t.deepCopy() : body.objectNode();
    if (!before.isEmpty()) {
      tags.put(ScoringDeployment.PREVIOUS, before);
      rollback.ifPresent(decision -> rollBack(before, decision, tags));
    }
    RollbackTag.removeFrom(tags, deployment.get());
    tags.put(ScoringDeployment.SERVES, deployment.get());
    body.set("tags", tags);
    workspace.put("batchEndpoints/" + endpoint, body);
  }

  private void rollBack(String before, Decision decision, ObjectNode tags) {
    workspace
        .find("batchEndpoints/%s/deployments/%s".formatted(endpoint, before))
        .map(
            found ->
                RollbackTag.now(found, decision.clock().instant().toString(), decision.by().get()))
        .ifPresent(rolledBack -> rolledBack.putInto(tags));
  }

  static String defaultOf(ObjectNode endpoint) {
    return ScoringDeployment.servingAt(endpoint);
  }
}
