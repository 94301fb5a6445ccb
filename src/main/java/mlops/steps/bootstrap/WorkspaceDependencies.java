package mlops.steps.bootstrap;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import mlops.azure.Azure;
import mlops.plan.Step;

/** The four resources that {@code az ml workspace create} makes beside a workspace. */
final class WorkspaceDependencies {

  static Step storage(Azure azure, DependencyIds parts, String location) {
    ObjectNode body = at(location).put("kind", "StorageV2");
    body.putObject("sku").put("name", "Standard_LRS");
    body.putObject("properties")
        .put("supportsHttpsTrafficOnly", true)
        .put("allowBlobPublicAccess", false)
        .put("minimumTlsVersion", "TLS1_2");
    return new DependencyStep(
        azure, "storage account", parts::storageId, DependencyIds.STORAGE_API, () -> body);
  }

  static Step keyVault(Azure azure, DependencyIds parts, String location) {
    return new DependencyStep(
        azure,
        "key vault",
        parts::keyVaultId,
        DependencyIds.KEY_VAULT_API,
        () -> {
          ObjectNode body = at(location);
          ObjectNode properties = body.putObject("properties");
          properties.put("tenantId", tenant(azure));
          properties.putObject("sku").put("family", "A").put("name", "standard");
          properties.putArray("accessPolicies");
          return body;
        });
  }

  static Step logs(Azure azure, DependencyIds parts, String location) {
    ObjectNode body = at(location);
    body.putObject("properties").putObject("sku").put("name", "PerGB2018");
    return new DependencyStep(
        azure, "Log Analytics", parts::logsId, DependencyIds.LOGS_API, () -> body);
  }

  static Step insights(Azure azure, DependencyIds parts, String location) {
    return new DependencyStep(
        azure,
        "Application Insights",
        parts::insightsId,
        DependencyIds.INSIGHTS_API,
        () -> {
          ObjectNode body = at(location).put("kind", "web");
          body.putObject("properties")
              .put("Application_Type", "web")
              .put("WorkspaceResourceId", parts.logsId());
          return body;
        });
  }

  /** The tenant of the subscription, which a key vault must name. */
  private static String tenant(Azure azure) {
    return azure.arm().get(azure.subscriptionId(), "2022-12-01").path("tenantId").asText();
  }

  private static ObjectNode at(String location) {
    return JsonNodeFactory.instance.objectNode().put("location", location);
  }

  private WorkspaceDependencies() {}
}
