package mlops.emulator.ml.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import mlops.emulator.arm.role.RoleBasedAccess;
import mlops.emulator.blob.store.BlobStore;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;

/**
 * Looks whether all that a workspace is built on is there, and whether the workspace gets at it.
 */
public final class WorkspaceDiagnosis {
  private static final String READ_BLOBS =
      "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read";

  /** What may be asked for; a request that names none of them asks for all. */
  private static final List<String> PARTS =
      List.of(
          "udr",
          "nsg",
          "resourceLock",
          "dnsResolution",
          "storageAccount",
          "keyVault",
          "containerRegistry",
          "applicationInsights",
          "others");

  /** The members of the answer, in the order of the parts. */
  private static final List<String> RESULTS =
      List.of(
          "userDefinedRouteResults",
          "networkSecurityRuleResults",
          "resourceLockResults",
          "dnsResolutionResults",
          "storageAccountResults",
          "keyVaultResults",
          "containerRegistryResults",
          "applicationInsightsResults",
          "otherResults");

  private final MlResources resources;
  private final RoleBasedAccess access;
  private final BlobStore blobs;

  public WorkspaceDiagnosis(MlResources resources, RoleBasedAccess access, BlobStore blobs) {
    this.resources = resources;
    this.access = access;
    this.blobs = blobs;
  }

  public List<Route> routes() {
    return List.of(
        Route.arm(
            "POST",
            MlPaths.WORKSPACE + "/diagnose",
            MlPaths.ACTION + "diagnose/read",
            this::diagnose));
  }

  private Response diagnose(Request request) {
    JsonNode workspace = resources.workspace(request);
    JsonNode asked = request.json().path("value");
    ObjectNode answer = Json.object();
    ObjectNode value = answer.putObject("value");
    for (int i = 0; i < PARTS.size(); i++) {
      ArrayNode results = value.putArray(RESULTS.get(i));
      if (asked.isEmpty() || asked.has(PARTS.get(i))) {
        look(workspace, PARTS.get(i), results);
      }
    }
    return Response.json(200, answer);
  }

  /** There are no networks and no names to resolve here, so nothing can be wrong with them. */
  private void look(JsonNode workspace, String part, ArrayNode results) {
    switch (part) {
      case "storageAccount" -> storage(workspace, results);
      case "keyVault", "applicationInsights", "containerRegistry" ->
          dependency(workspace, part, results);
      case "others" -> identity(workspace, results);
      default -> {}
    }
  }

  /** Whether the resource that a property names is there, if it names one. */
  private boolean dependency(JsonNode workspace, String property, ArrayNode results) {
    String id = workspace.path("properties").path(property).asText();
    if (id.isEmpty() || resources.read(id).isPresent()) {
      return true;
    }
    String code = Character.toUpperCase(property.charAt(0)) + property.substring(1) + "NotFound";
    error(results, code, "The %s '%s' of the workspace was not found.".formatted(property, id));
    return false;
  }

  private void storage(JsonNode workspace, ArrayNode results) {
    if (!dependency(workspace, "storageAccount", results)) {
      return;
    }
    String account = workspace.at("/properties/storageAccount").asText();
    for (JsonNode datastore :
        resources.state().list(workspace.path("id").asText() + "/datastores")) {
      String container = datastore.at("/properties/containerName").asText();
      boolean own = datastore.at("/properties/accountName").asText().equals(MlPaths.name(account));
      if (own && !container.isEmpty() && !blobs.hasContainer(MlPaths.name(account), container)) {
        error(
            results,
            "ContainerNotFound",
            "The container '%s' of the datastore '%s' was not found in the storage account '%s'."
                .formatted(container, datastore.path("name").asText(), account));
      }
    }
    principal(workspace)
        .filter(p -> !access.allowsData(p, READ_BLOBS, account))
        .ifPresent(
            p ->
                error(
                    results,
                    "StorageAccountAccessDenied",
                    "The identity of the workspace (object id '%s') holds no role that reads blobs, such as Storage Blob Data Contributor, on the storage account '%s'."
                        .formatted(p, account)));
  }

  private void identity(JsonNode workspace, ArrayNode results) {
    String named = workspace.at("/properties/primaryUserAssignedIdentity").asText();
    if (!named.isEmpty() && resources.read(named).isEmpty()) {
      error(
          results,
          "IdentityNotFound",
          "The identity '%s' of the workspace was not found.".formatted(named));
    }
  }

  /** The object id that the workspace reads data as. */
  private Optional<String> principal(JsonNode workspace) {
    String named = workspace.at("/properties/primaryUserAssignedIdentity").asText();
    return named.isEmpty()
        ? Optional.of(workspace.at("/identity/principalId").asText()).filter(p -> !p.isEmpty())
        : resources.read(named).map(i -> i.at("/properties/principalId").asText());
  }

  private static void error(ArrayNode results, String code, String message) {
    results.addObject().put("code", code).put("level", "Error").put("message", message);
  }
}
