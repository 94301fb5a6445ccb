package mlops.emulator.ml.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import mlops.emulator.blob.store.BlobAccounts;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;

/** The keys of the resources that a workspace is built on. */
public final class WorkspaceKeys {
  private final MlResources resources;
  private final BlobAccounts accounts;

  public WorkspaceKeys(MlResources resources, BlobAccounts accounts) {
    this.resources = resources;
    this.accounts = accounts;
  }

  public List<Route> routes() {
    return List.of(
        Route.arm(
            "POST",
            MlPaths.WORKSPACE + "/listKeys",
            MlPaths.ACTION + "listKeys/action",
            this::listKeys),
        Route.arm(
            "POST",
            MlPaths.WORKSPACE + "/listStorageAccountKeys",
            MlPaths.ACTION + "listStorageAccountKeys/action",
            r -> Response.json(200, Json.object().put("userStorageKey", storageKey(r)))),
        Route.arm(
            "POST",
            MlPaths.WORKSPACE + "/resyncKeys",
            MlPaths.ACTION + "resyncKeys/action",
            this::resyncKeys));
  }

  private Response listKeys(Request request) {
    JsonNode properties = resources.workspace(request).path("properties");
    ObjectNode keys = Json.object().put("userStorageKey", storageKey(request));
    String account = properties.path("storageAccount").asText();
    keys.put("userStorageResourceId", account);
    if (request.queryValue("api-version").orElse("").compareTo("2024-05") > 0) {
      keys.put("userStorageArmId", account); // its name in later versions
    }
    String insights = properties.path("applicationInsights").asText();
    resources
        .read(insights)
        .map(i -> i.at("/properties/InstrumentationKey").asText())
        .ifPresent(key -> keys.put("appInsightsInstrumentationKey", key));
    return Response.json(200, keys);
  }

  /** Datastores read the account's key whenever they need it, so there is nothing to do. */
  private Response resyncKeys(Request request) {
    resources.workspace(request);
    return Response.empty(200);
  }

  private String storageKey(Request request) {
    String account = resources.workspace(request).at("/properties/storageAccount").asText();
    return accounts
        .find(MlPaths.name(account))
        .map(a -> a.keys().get(0))
        .orElseThrow(
            () ->
                ApiException.notFound(
                    "ResourceNotFound",
                    "The storage account '%s' of the workspace was not found.".formatted(account)));
  }
}
