package mlops.emulator.ml.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlRequestBody;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.ResourceIdentities;

/** What a workspace says of itself: what the user sent, checked, and what Azure adds to it. */
public final class WorkspaceDocument {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_-]{2,32}");
  private static final List<String> NEEDED =
      List.of("storageAccount", "keyVault", "applicationInsights");
  private static final Map<String, String> TYPES =
      Map.of(
          "storageAccount", "Microsoft.Storage/storageAccounts",
          "keyVault", "Microsoft.KeyVault/vaults",
          "applicationInsights", "Microsoft.Insights/components",
          "containerRegistry", "Microsoft.ContainerRegistry/registries");

  /** What only Azure sets, or what only steers a request. */
  private static final List<String> NOT_TAKEN =
      List.of("allowRecoverSoftDeletedWorkspace", "workspaceId", "provisioningState", "tenantId");

  private static final String AUTH_MODE = "systemDatastoresAuthMode";

  private final MlResources resources;
  private final ResourceIdentities identities;

  public WorkspaceDocument(MlResources resources, ResourceIdentities identities) {
    this.resources = resources;
    this.identities = identities;
  }

  /**
   * The resource that a PUT asks for.
   *
   * @throws ApiException 400 where the name, the location or a resource it needs is wrong
   */
  ObjectNode of(Request request, ObjectNode body) {
    String id = request.id();
    JsonNode current = resources.read(id).map(JsonNode.class::cast).orElse(Json.object());
    String location = location(body, current);
    ObjectNode wanted =
        body.path("properties").deepCopy() instanceof ObjectNode p ? p : Json.object();
    wanted.remove(NOT_TAKEN);
    String kind = WorkspaceKind.of(id, body, current);
    authMode(kind, wanted, current.path("properties"));
    check(id, wanted);
    ObjectNode workspace = Json.object().put("location", location);
    workspace.set("tags", body.path("tags").isObject() ? body.get("tags") : Json.object());
    ObjectNode properties = workspace.putObject("properties");
    properties.put("friendlyName", MlPaths.name(id)).put("description", "");
    properties.setAll(wanted);
    properties.put("hbiWorkspace", wanted.path("hbiWorkspace").asBoolean());
    properties.put("publicNetworkAccess", wanted.path("publicNetworkAccess").asText("Enabled"));
    addFixed(id, location, properties, current.path("properties"));
    JsonNode identity =
        body.has("identity") ? body.get("identity") : Json.object().put("type", "SystemAssigned");
    workspace.set("identity", identities.assign(id, identity, current.path("identity")));
    workspace.put("kind", kind);
    WorkspaceKind.complete(kind, properties);
    workspace.putObject("sku").put("name", "Basic").put("tier", "Basic");
    return workspace;
  }

  /** How the workspace's own datastores are entered; by identity in feature stores alone. */
  private static void authMode(String kind, ObjectNode wanted, JsonNode current) {
    String known = current.path(AUTH_MODE).asText("AccessKey");
    String asked = wanted.path(AUTH_MODE).asText(known);
    boolean identity = asked.equalsIgnoreCase("Identity");
    if (identity && !kind.equals(WorkspaceKind.FEATURE_STORE)) {
      throw ApiException.notImplemented(
          "The embedded Azure does not know 'properties.%s': \"%s\" but in feature stores. It can be left out or be AccessKey."
              .formatted(AUTH_MODE, asked));
    }
    wanted.put(AUTH_MODE, identity ? "Identity" : "AccessKey");
  }

  /** Whether whoever uses the workspace's own datastores needs roles on their storage. */
  static boolean isByIdentity(JsonNode workspace) {
    return workspace.path("properties").path(AUTH_MODE).asText().equals("Identity");
  }

  /**
   * A workspace as an api-version shows it: those after 2024-04-01 say how the workspace's own
   * datastores are entered.
   */
  static ObjectNode shown(ObjectNode workspace, Request request) {
    ObjectNode properties = workspace.withObject("/properties");
    if (request.queryValue("api-version").orElse("").compareTo("2024-04-01") <= 0) {
      properties.remove(AUTH_MODE);
    } else if (!properties.has(AUTH_MODE)) { // made before this was kept
      properties.put(AUTH_MODE, "AccessKey");
    }
    return workspace;
  }

  /** Changes what a PATCH may change. */
  void update(ObjectNode workspace, JsonNode body) {
    if (body.path("tags").isObject()) {
      workspace.set("tags", body.get("tags"));
    }
    if (body.path("identity").isObject()) {
      JsonNode old = workspace.path("identity");
      String id = workspace.path("id").asText();
      workspace.set("identity", identities.assign(id, body.get("identity"), old));
    }
    ObjectNode wanted = MlRequestBody.withoutNulls(body.path("properties"));
    wanted.retain(
        "description",
        "friendlyName",
        "imageBuildCompute",
        "primaryUserAssignedIdentity",
        "publicNetworkAccess",
        "applicationInsights",
        "containerRegistry",
        "featureStoreSettings",
        "v1LegacyMode",
        "enableDataIsolation",
        "serverlessComputeSettings",
        "serviceManagedResourcesSettings");
    wanted.fieldNames().forEachRemaining(name -> checkDependency(name, wanted));
    workspace.withObject("properties").setAll(wanted);
  }

  private void addFixed(String id, String location, ObjectNode properties, JsonNode current) {
    String workspaceId = current.path("workspaceId").asText(UUID.randomUUID().toString());
    properties.put("workspaceId", workspaceId).put("provisioningState", "Succeeded");
    properties.put("tenantId", identities.tenant(id));
    properties.put("storageHnsEnabled", false).put("privateLinkCount", 0);
    properties.put("v1LegacyMode", false).put("enableDataIsolation", false);
    properties
        .put("discoveryUrl", "https://%s.api.azureml.ms/discovery".formatted(location))
        .put(
            "mlFlowTrackingUri",
            "azureml://%s.api.azureml.ms/mlflow/v1.0%s".formatted(location, id));
    properties
        .putObject("notebookInfo")
        .put("resourceId", workspaceId.replace("-", ""))
        .put(
            "fqdn",
            "%s-%s-%s.%s.notebooks.azure.net"
                .formatted(
                    MlPaths.name(id).toLowerCase(Locale.ROOT), location, workspaceId, location));
  }

  private static String location(ObjectNode body, JsonNode current) {
    String location = body.path("location").asText(current.path("location").asText());
    if (location.isEmpty()) {
      throw ApiException.badRequest(
          "LocationRequired", "The location property is required for this definition.");
    }
    return location.replace(" ", "").toLowerCase(Locale.ROOT);
  }

  private void check(String id, ObjectNode properties) {
    if (!NAME.matcher(MlPaths.name(id)).matches()) {
      throw ApiException.badRequest(
          "ValidationError",
          "Workspace name '%s' is invalid. It may hold letters, digits, hyphens and underscores, begins with a letter or digit, and is between 3 and 33 characters long."
              .formatted(MlPaths.name(id)));
    }
    for (String dependency : NEEDED) {
      if (properties.path(dependency).asText().isEmpty()) {
        throw ApiException.badRequest(
                "ValidationError", "Missing dependent resources in workspace json")
            .withDetail("Invalid", "The workspace needs '%s'.".formatted(dependency));
      }
    }
    TYPES.keySet().forEach(name -> checkDependency(name, properties));
  }

  private void checkDependency(String name, ObjectNode properties) {
    String type = TYPES.get(name);
    String id = properties.path(name).asText();
    if (type == null || id.isEmpty()) {
      return;
    }
    boolean right =
        id.toLowerCase(Locale.ROOT).contains("/providers/" + type.toLowerCase(Locale.ROOT));
    if (!right || !resources.state().exists(id)) {
      throw ApiException.badRequest(
              "ValidationError", "The %s '%s' of the workspace was not found.".formatted(name, id))
          .withDetail("ResourceNotFound", "A resource of type %s is expected.".formatted(type));
    }
  }
}
