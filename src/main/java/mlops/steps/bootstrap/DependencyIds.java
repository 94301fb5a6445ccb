package mlops.steps.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import mlops.azure.Azure;
import mlops.azure.Lazy;
import mlops.azure.ml.ArmIds;
import mlops.profile.Profile;

/**
 * A workspace and the four resources that belong to it. Where the workspace exists, whoever made
 * it, they are the ones it names; else their names follow from its own, as {@code az ml workspace
 * create} builds them.
 */
final class DependencyIds {
  static final String WORKSPACE_API = "2024-04-01";
  static final String STORAGE_API = "2023-05-01";
  static final String KEY_VAULT_API = "2023-07-01";
  static final String LOGS_API = "2022-10-01";
  static final String INSIGHTS_API = "2020-02-02";

  private final Azure azure;
  private final String group;
  private final Profile.Environment environment;
  private final Lazy<Optional<ObjectNode>> existing;
  private final Lazy<String> logsId;

  DependencyIds(Azure azure, String group, Profile.Environment environment) {
    this.azure = azure;
    this.group = group;
    this.environment = environment;
    this.existing = new Lazy<>(() -> azure.arm().find(workspaceId(), WORKSPACE_API));
    this.logsId = new Lazy<>(this::findLogs);
  }

  String workspaceId() {
    return ArmIds.workspace(azure, group, environment.workspace());
  }

  /** The workspace as it was when first asked for. */
  Optional<ObjectNode> existing() {
    return existing.get();
  }

  String storageId() {
    return named("storageAccount")
        .orElseGet(() -> id("Microsoft.Storage/storageAccounts", "storage", 9));
  }

  String keyVaultId() {
    return named("keyVault").orElseGet(() -> id("Microsoft.KeyVault/vaults", "keyvault", 8));
  }

  String insightsId() {
    return named("applicationInsights")
        .orElseGet(() -> id("Microsoft.Insights/components", "insights", 8));
  }

  String logsId() {
    return logsId.get();
  }

  private String findLogs() {
    return named("applicationInsights")
        .flatMap(insights -> azure.arm().find(insights, INSIGHTS_API))
        .map(found -> found.path("properties").path("WorkspaceResourceId").asText())
        .filter(id -> !id.isEmpty())
        .orElseGet(() -> id("Microsoft.OperationalInsights/workspaces", "logs", 8));
  }

  private Optional<String> named(String property) {
    return existing()
        .map(w -> w.path("properties").path(property))
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText);
  }

  private String id(String type, String kind, int digits) {
    String plain = environment.workspace().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    String seed = workspaceId().toLowerCase(Locale.ROOT) + "/" + kind;
    String hash =
        UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString().replace("-", "");
    String start = plain.substring(0, Math.min(8, plain.length()));
    return ArmIds.resource(azure, group, type, start + kind + hash.substring(0, digits));
  }
}
