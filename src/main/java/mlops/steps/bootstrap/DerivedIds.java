package mlops.steps.bootstrap;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import mlops.azure.Azure;
import mlops.azure.ml.ArmIds;

/**
 * The ids of what bootstrap makes for a workspace: their names follow from its own, as {@code az ml
 * workspace create} builds them.
 *
 * @param group of the workspace and of all the others
 * @param workspace its name
 */
public record DerivedIds(Azure azure, String group, String workspace) {
  public static final String WORKSPACE_API = "2024-04-01";
  public static final String STORAGE_API = "2023-05-01";
  public static final String KEY_VAULT_API = "2023-07-01";
  public static final String LOGS_API = "2022-10-01";
  public static final String INSIGHTS_API = "2020-02-02";

  public String workspaceId() {
    return ArmIds.workspace(azure, group, workspace);
  }

  public String storageId() {
    return id("Microsoft.Storage/storageAccounts", "storage", 9);
  }

  public String keyVaultId() {
    return id("Microsoft.KeyVault/vaults", "keyvault", 8);
  }

  public String insightsId() {
    return id("Microsoft.Insights/components", "insights", 8);
  }

  public String logsId() {
    return id("Microsoft.OperationalInsights/workspaces", "logs", 8);
  }

  private String id(String type, String kind, int digits) {
    String plain = workspace.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    String seed = workspaceId().toLowerCase(Locale.ROOT) + "/" + kind;
    String hash =
        UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString().replace("-", "");
    String start = plain.substring(0, Math.min(8, plain.length()));
    return ArmIds.resource(azure, group, type, start + kind + hash.substring(0, digits));
  }
}
