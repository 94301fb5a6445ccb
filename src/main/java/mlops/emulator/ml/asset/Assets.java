package mlops.emulator.ml.asset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.Pages;
import mlops.emulator.ml.resource.ResourceNames;
import mlops.emulator.ml.resource.WorkspaceCollection;

/** One kind of asset: containers by name, and the versions in them. */
public final class Assets {
  private final AssetType type;
  private final AssetVersions versions;
  private final WorkspaceCollection containers;
  private final WorkspaceCollection numbered;

  public Assets(AssetType type, MlResources resources, AssetVersions versions) {
    this.type = type;
    this.versions = versions;
    String one = type.path() + "/{name}";
    this.containers =
        new WorkspaceCollection(
            resources, one, type.type(), id -> type.notFound(MlPaths.name(id), ""), id -> {});
    this.numbered =
        new WorkspaceCollection(
            resources,
            one + "/versions/{version}",
            type.type() + "/versions",
            type::notFound,
            id -> {});
  }

  public List<Route> routes() {
    String all = type.path() + "/{name}/versions";
    String action = type.action("versions/");
    return List.of(
        containers.list(this::shown),
        containers.createOrUpdate(
            this::content, (r, status, kept) -> Response.json(status, versions.withVersions(kept))),
        containers.get(versions::withVersions),
        containers.delete(),
        Route.arm("GET", all, action + "read", r -> versions.list(type, r)),
        Route.arm(
            "PUT", all + "/{version}", action + "write", r -> versions.createOrUpdate(type, r)),
        Route.arm("GET", all + "/{version}", action + "read", r -> versions.get(type, r)),
        numbered.delete());
  }

  private List<ObjectNode> shown(Request request, List<ObjectNode> all) {
    return all.stream().filter(c -> Pages.shows(request, c)).map(versions::withVersions).toList();
  }

  private ObjectNode content(
      Request request, ObjectNode workspace, ObjectNode body, Optional<ObjectNode> old) {
    ResourceNames.check(request.parameter("name"));
    CuratedAssets.requireOwnName(type, request.parameter("name"));
    ObjectNode asked = (ObjectNode) body.path("properties");
    asked.remove(List.of("latestVersion", "nextVersion", "provisioningState"));
    ObjectNode properties = Json.object().put("isArchived", false);
    return Json.object().set("properties", properties.setAll(asked));
  }

  /** The container that a first version brings with it. */
  public static ObjectNode container(JsonNode version) {
    ObjectNode properties = Json.object().put("isArchived", false);
    if (version.has("dataType")) {
      properties.set("dataType", version.get("dataType"));
    }
    properties.putObject("tags");
    return Json.object().set("properties", properties);
  }
}
