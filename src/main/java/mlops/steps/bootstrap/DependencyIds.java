package mlops.steps.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import mlops.azure.Azure;
import mlops.azure.Lazy;
import mlops.profile.Profile;

/**
 * A workspace and the four resources that belong to it. Where the workspace exists, whoever made
 * it, they are the ones it names; else their names follow from its own, as {@code az ml workspace
 * create} builds them.
 */
final class DependencyIds {
  private final Azure azure;
  private final DerivedIds derived;
  private final Lazy<Optional<ObjectNode>> existing;
  private final Lazy<String> logsId;

  DependencyIds(Azure azure, String group, Profile.Environment environment) {
    this.azure = azure;
    this.derived = new DerivedIds(azure, group, environment.workspace());
    this.existing = new Lazy<>(() -> azure.arm().find(workspaceId(), DerivedIds.WORKSPACE_API));
    this.logsId = new Lazy<>(this::findLogs);
  }

  String workspaceId() {
    return derived.workspaceId();
  }

  /** The workspace as it was when first asked for. */
  Optional<ObjectNode> existing() {
    return existing.get();
  }

  String storageId() {
    return named("storageAccount").orElseGet(derived::storageId);
  }

  String keyVaultId() {
    return named("keyVault").orElseGet(derived::keyVaultId);
  }

  String insightsId() {
    return named("applicationInsights").orElseGet(derived::insightsId);
  }

  String logsId() {
    return logsId.get();
  }

  private String findLogs() {
    return named("applicationInsights")
        .flatMap(insights -> azure.arm().find(insights, DerivedIds.INSIGHTS_API))
        .map(found -> found.path("properties").path("WorkspaceResourceId").asText())
        .filter(id -> !id.isEmpty())
        .orElseGet(derived::logsId);
  }

  private Optional<String> named(String property) {
    return existing()
        .map(w -> w.path("properties").path(property))
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText);
  }
}
