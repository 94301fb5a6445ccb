package mlops.emulator.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.UUID;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Permission;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.login.token.Audiences;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;

/**
 * The long-running operations of Resource Manager on registries. Here they are done when they are
 * answered; clients poll all the same.
 */
final class RegistryOperations {
  private static final String STATUS = MlPaths.LOCATION + "/registryOperationsStatus/{operation}";

  private final MlResources resources;

  RegistryOperations(MlResources resources) {
    this.resources = resources;
  }

  List<Route> routes() {
    Permission signedIn = Permission.signedIn(Audiences.ARM);
    return List.of(
        Route.of("GET", Route.ARM, STATUS, signedIn, this::status),
        Route.of("GET", Route.ARM, STATUS + "?type=location", signedIn, this::result));
  }

  /**
   * Names the operation in an answer, by which the client waits for it.
   *
   * @param location the region of the registry
   * @param resourceId of what it is about, whether it is there afterwards or not
   */
  Response done(Request request, Response response, String location, String resourceId) {
    String operation = UUID.randomUUID().toString();
    String id =
        STATUS
            .replace("{subscription}", request.parameter("subscription"))
            .replace("{location}", location)
            .replace("{operation}", operation);
    resources
        .state()
        .write(id, Json.object().put("id", id).put("name", operation).put("resource", resourceId));
    String version = request.queryValue("api-version").orElse("");
    String url = "https://%s%s?api-version=%s&type=".formatted(Route.ARM, id, version);
    return response
        .with("Azure-AsyncOperation", url + "async")
        .with("Location", url + "location")
        .with("Retry-After", "1")
        .with("x-ms-retry-after-ms", "1")
        .with("x-ms-async-operation-timeout", "PT1H");
  }

  private Response status(Request request) {
    find(request);
    ObjectNode status = Json.object().put("status", "Succeeded");
    return Response.json(200, status.put("percentComplete", 100.0));
  }

  private Response result(Request request) {
    return resources
        .read(find(request).path("resource").asText())
        .map(resource -> Response.json(200, RegistryDocument.shown(request, resource)))
        .orElseGet(() -> Response.empty(204));
  }

  private ObjectNode find(Request request) {
    return resources
        .read(request.id())
        .orElseThrow(
            () -> ApiException.notFound("NotFound", "There is no operation " + request.id()));
  }
}
