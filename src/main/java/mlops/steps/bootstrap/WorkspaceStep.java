package mlops.steps.bootstrap;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.management.exception.ManagementException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import mlops.azure.Azure;
import mlops.azure.Lookup;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.profile.Profile;

/** An Azure Machine Learning workspace with an identity of its own. */
final class WorkspaceStep implements Step {
  private final Azure azure;
  private final DependencyIds parts;
  private final Profile.Environment environment;
  private final String location;
  private final Output<String> principalId;

  /**
   * @param principalId is given the principal of the workspace's system-assigned identity
   */
  WorkspaceStep(
      Azure azure,
      DependencyIds parts,
      Profile.Environment environment,
      String location,
      Output<String> principalId) {
    this.azure = azure;
    this.parts = parts;
    this.environment = environment;
    this.location = location;
    this.principalId = principalId;
  }

  @Override
  public String describe() {
    return "workspace " + environment.workspace();
  }

  @Override
  public Change check() {
    return parts.existing().map(this::compare).orElseGet(() -> Change.create("does not exist"));
  }

  /** Whether the making of it came to its end: what came with it may be missing otherwise. */
  private static boolean isHalfMade(ObjectNode workspace) {
    String state = workspace.path("properties").path("provisioningState").asText();
    return state.equals("Creating") || state.equals("Failed");
  }

  private Change compare(ObjectNode workspace) {
    if (isHalfMade(workspace)) {
      return Change.create("its creation did not end");
    }
    learn(workspace);
    String actual = workspace.path("properties").path("friendlyName").asText();
    return actual.equals(environment.displayName())
        ? Change.none()
        : Change.update("display name %s → %s".formatted(actual, environment.displayName()));
  }

  @Override
  public void apply(StepMessages notes) {
    if (parts.existing().filter(found -> !isHalfMade(found)).isPresent()) {
      ObjectNode patch = JsonNodeFactory.instance.objectNode();
      patch.putObject("properties").put("friendlyName", environment.displayName());
      azure.arm().update(parts.workspaceId(), DependencyIds.WORKSPACE_API, patch);
      return;
    }
    try {
      learn(azure.arm().createOrUpdate(parts.workspaceId(), DependencyIds.WORKSPACE_API, body()));
    } catch (HttpResponseException e) {
      throw explain(e);
    }
  }

  private ObjectNode body() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("location", location);
    body.putObject("identity").put("type", "SystemAssigned");
    body.putObject("properties")
        .put("friendlyName", environment.displayName())
        .put("description", environment.workspace())
        .put("storageAccount", parts.storageId())
        .put("keyVault", parts.keyVaultId())
        .put("applicationInsights", parts.insightsId())
        .put("publicNetworkAccess", "Enabled");
    return body;
  }

  private void learn(ObjectNode workspace) {
    principalId.set(workspace.path("identity").path("principalId").asText());
  }

  /**
   * Azure's 400 for a deleted namesake has no code of its own, so the deleted one is looked for.
   */
  private RuntimeException explain(HttpResponseException e) {
    boolean badRequest =
        Lookup.status(e) == 400
            && e instanceof ManagementException m
            && m.getValue() != null
            && m.getValue().getCode().equals("BadRequest");
    return badRequest
        ? MlopsException.failed(
            "BadRequest",
            "workspace %s cannot be created: %s"
                .formatted(environment.workspace(), SoftDeleted.reason(e)),
            "If a deleted workspace keeps the name, purge it with `az ml workspace delete --name %s --resource-group … --permanently-delete`, or use another --suffix."
                .formatted(environment.workspace()),
            e)
        : e;
  }
}
