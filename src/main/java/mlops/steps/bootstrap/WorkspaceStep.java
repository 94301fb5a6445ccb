package mlops.steps.bootstrap;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.management.exception.ManagementException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import mlops.azure.Azure;
import mlops.azure.Lookup;
import mlops.azure.ml.SoftDeletedVault;
import mlops.azure.ml.SoftDeletedWorkspaces;
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
  private final Deleted deleted;

  /**
   * Deleted workspaces, and what becomes of one that keeps the name.
   *
   * @param all those that Azure tells of
   */
  record Deleted(SoftDeletedWorkspaces all, DeletedNames names) {}

  /**
   * @param principalId is given the principal of the workspace's system-assigned identity
   */
  WorkspaceStep(
      Azure azure,
      DependencyIds parts,
      Profile.Environment environment,
      String location,
      Output<String> principalId,
      Deleted deleted) {
    this.deleted = deleted;
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
    return parts.existing().map(this::compare).orElseGet(this::missing);
  }

  private Change missing() {
    return deleted
        .all()
        .find(parts.workspaceId())
        .map(found -> deleted.names().change(describe(), SoftDeletedVault.words(found)))
        .orElseGet(() -> Change.create("does not exist"));
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
  public void apply(StepMessages messages) {
    if (parts.existing().filter(found -> !isHalfMade(found)).isPresent()) {
      ObjectNode patch = JsonNodeFactory.instance.objectNode();
      patch.putObject("properties").put("friendlyName", environment.displayName());
      azure.arm().update(parts.workspaceId(), DerivedIds.WORKSPACE_API, patch);
      return;
    }
    try {
      create();
    } catch (HttpResponseException e) {
      if (deleted.names() != DeletedNames.PURGE || !isBadRequest(e)) {
        throw explain(e);
      }
      SoftDeletedWorkspaces.purge(azure, parts.workspaceId());
      create();
    }
  }

  private void create() {
    learn(azure.arm().createOrUpdate(parts.workspaceId(), DerivedIds.WORKSPACE_API, body()));
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
    if (deleted.names() == DeletedNames.RECOVER) {
      body.withObject("/properties").put("allowRecoverSoftDeletedWorkspace", true);
    }
    return body;
  }

  private void learn(ObjectNode workspace) {
    principalId.set(workspace.path("identity").path("principalId").asText());
  }

  /** Azure's 400 for a deleted namesake has no code of its own. */
  private static boolean isBadRequest(HttpResponseException e) {
    return Lookup.status(e) == 400
        && e instanceof ManagementException m
        && m.getValue() != null
        && m.getValue().getCode().equals("BadRequest");
  }

  private RuntimeException explain(HttpResponseException e) {
    return isBadRequest(e)
        ? MlopsException.failed(
            "BadRequest",
            "workspace %s cannot be created: %s"
                .formatted(environment.workspace(), SoftDeleted.reason(e)),
            "If a deleted workspace keeps the name: " + DeletedNames.wayOut(describe()),
            e)
        : e;
  }
}
