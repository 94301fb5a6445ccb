package mlops.steps.bootstrap;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
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
        azure,
        "storage account",
        parts::storageId,
        DerivedIds.STORAGE_API,
        () -> body,
        Optional.of(SharedName.account(azure)));
  }

  static Step logs(Azure azure, DependencyIds parts, String location) {
    ObjectNode body = at(location);
    body.putObject("properties").putObject("sku").put("name", "PerGB2018");
    return new DependencyStep(
        azure, "Log Analytics", parts::logsId, DerivedIds.LOGS_API, () -> body, Optional.empty());
  }

  static Step insights(Azure azure, DependencyIds parts, String location) {
    return new DependencyStep(
        azure,
        "Application Insights",
        parts::insightsId,
        DerivedIds.INSIGHTS_API,
        () -> {
          ObjectNode body = at(location).put("kind", "web");
          body.putObject("properties")
              .put("Application_Type", "web")
              .put("WorkspaceResourceId", parts.logsId());
          return body;
        },
        Optional.empty());
  }

  private static ObjectNode at(String location) {
    return JsonNodeFactory.instance.objectNode().put("location", location);
  }

  private WorkspaceDependencies() {}
}
