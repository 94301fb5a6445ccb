package mlops.emulator.ml.asset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.ml.resource.MlNames;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.Pages;

/** One kind of asset: containers by name, and the versions in them. */
public final class Assets {
  private final AssetType type;
  private final MlResources resources;
  private final AssetVersions versions;

  public Assets(AssetType type, MlResources resources, AssetVersions versions) {
    this.type = type;
    this.resources = resources;
    this.versions = versions;
  }

  public List<Route> routes() {
    String container = type.path() + "/{name}";
    String version = container + "/versions/{version}";
    List<Route> routes = new ArrayList<>();
    routes.add(Route.arm("GET", type.path(), type.action("read"), this::list));
    routes.add(Route.arm("PUT", container, type.action("write"), this::createOrUpdate));
    routes.add(Route.arm("GET", container, type.action("read"), this::get));
    routes.add(Route.arm("DELETE", container, type.action("delete"), this::delete));
    String versionAction = "versions/";
    routes.add(
        Route.arm(
            "GET",
            container + "/versions",
            type.action(versionAction + "read"),
            r -> versions.list(type, r)));
    routes.add(
        Route.arm(
            "PUT",
            version,
            type.action(versionAction + "write"),
            r -> versions.createOrUpdate(type, r)));
    routes.add(
        Route.arm("GET", version, type.action(versionAction + "read"), r -> versions.get(type, r)));
    routes.add(Route.arm("DELETE", version, type.action(versionAction + "delete"), this::delete));
    return routes;
  }

  private Response list(Request request) {
    resources.workspace(request);
    return Pages.of(
        request,
        resources.state().list(request.id()).stream()
            .filter(c -> Pages.shows(request, c))
            .map(this::withVersions)
            .toList());
  }

  private Response createOrUpdate(Request request) {
    ObjectNode asked = MlPaths.properties(request);
    return resources
        .state()
        .exclusively(
            () -> {
              resources.workspace(request);
              MlNames.check(request.parameter("name"));
              boolean isNew = resources.read(request.id()).isEmpty();
              asked.remove(List.of("latestVersion", "nextVersion", "provisioningState"));
              ObjectNode properties = Json.object().put("isArchived", false);
              properties.setAll(asked);
              ObjectNode container =
                  resources.put(
                      request.id(),
                      type.type(),
                      request.caller(),
                      Json.object().set("properties", properties));
              return Response.json(isNew ? 201 : 200, withVersions(container));
            });
  }

  private Response get(Request request) {
    resources.workspace(request);
    ObjectNode container =
        resources
            .read(request.id())
            .orElseThrow(() -> type.notFound(request.parameter("name"), ""));
    return Response.json(200, withVersions(container));
  }

  /** Deletes a container with its versions, or a version. */
  private Response delete(Request request) {
    return resources
        .state()
        .exclusively(
            () -> {
              resources.workspace(request);
              return Response.empty(resources.state().delete(request.id()) ? 200 : 204);
            });
  }

  private ObjectNode withVersions(ObjectNode container) {
    ObjectNode properties = container.withObject("properties");
    List<ObjectNode> all = versions.newestFirst(container.path("id").asText());
    if (!all.isEmpty()) {
      properties.put("latestVersion", all.get(0).path("name").asText());
    }
    return container.<ObjectNode>set(
        "properties", properties.put("nextVersion", AssetVersions.next(all)));
  }

  /** The container that a first version brings with it. */
  static ObjectNode container(JsonNode version) {
    ObjectNode properties = Json.object().put("isArchived", false);
    if (version.has("dataType")) {
      properties.set("dataType", version.get("dataType"));
    }
    properties.putObject("tags");
    return Json.object().set("properties", properties);
  }
}
