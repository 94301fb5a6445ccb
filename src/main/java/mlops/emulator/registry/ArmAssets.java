package mlops.emulator.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import mlops.emulator.arm.resource.TrackedType;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.ml.asset.AssetType;
import mlops.emulator.ml.resource.MlRequestBody;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.Pages;
import mlops.emulator.ml.resource.RegistryIds;

/** The assets of registries by Azure Resource Manager, as its SDKs ask for them. */
final class ArmAssets {
  private static final String REGISTRY =
      new TrackedType(RegistryIds.TYPE).inGroup() + "/{registry}";
  private static final String READ = RegistryAccess.action("read");
  private static final String WRITE = RegistryAccess.action("write");
  private static final String DELETE = RegistryAccess.action("delete");

  private final MlResources resources;
  private final RegistryAssets assets;
  private final RegistryUploads uploads;
  private final RegistryOperations operations;

  ArmAssets(
      MlResources resources,
      RegistryAssets assets,
      RegistryUploads uploads,
      RegistryOperations operations) {
    this.resources = resources;
    this.assets = assets;
    this.uploads = uploads;
    this.operations = operations;
  }

  List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (AssetType type : AssetType.ALL) {
      String all = REGISTRY + "/" + type.collection();
      String one = all + "/{name}";
      String version = one + "/versions/{version}";
      routes.add(Route.arm("GET", all, READ, this::list));
      routes.add(Route.arm("GET", one, READ, r -> shown(assets.findContainer(found(r)))));
      routes.add(Route.arm("PUT", one, WRITE, r -> putContainer(type, r)));
      routes.add(Route.arm("DELETE", one, DELETE, this::delete));
      routes.add(Route.arm("GET", one + "/versions", READ, this::listVersions));
      routes.add(Route.arm("GET", version, READ, r -> shown(assets.find(found(r)))));
      routes.add(Route.arm("PUT", version, WRITE, r -> put(type, r)));
      routes.add(Route.arm("DELETE", version, DELETE, this::delete));
      if (type.uploads()) {
        routes.add(Route.arm("POST", version + "/startPendingUpload", WRITE, this::startUpload));
      }
    }
    String reference = REGISTRY + "/datareferences/{name}/versions/{version}";
    routes.add(Route.arm("POST", reference, READ, this::reference));
    return routes;
  }

  /** The registry that a request is about. */
  private ObjectNode registry(Request request) {
    return resources.arm().find(RegistryIds.registryOf(request.id()));
  }

  private String found(Request request) {
    registry(request);
    return request.id();
  }

  private static Response shown(ObjectNode document) {
    return Response.json(200, view(document));
  }

  /** Data assets alone do not say that they are provisioned. */
  private static ObjectNode view(ObjectNode document) {
    if (!document.path("type").asText().startsWith(RegistryIds.TYPE + "/data")) {
      document.withObject("/properties").put("provisioningState", "Succeeded");
    }
    return document;
  }

  private Response list(Request request) {
    registry(request);
    return Pages.of(request, views(assets.containers(request, request.id())));
  }

  private Response listVersions(Request request) {
    registry(request);
    return Pages.of(request, views(assets.versions(request, request.id())));
  }

  private static List<ObjectNode> views(List<ObjectNode> documents) {
    return documents.stream().map(ArmAssets::view).toList();
  }

  private Response put(AssetType type, Request request) {
    ObjectNode registry = registry(request);
    ObjectNode asked = MlRequestBody.properties(request);
    return made(request, registry, assets.put(type, request.id(), request.caller(), asked));
  }

  private Response putContainer(AssetType type, Request request) {
    ObjectNode registry = registry(request);
    ObjectNode asked = MlRequestBody.properties(request);
    return made(
        request, registry, assets.putContainer(type, request.id(), request.caller(), asked));
  }

  private Response made(Request request, JsonNode registry, RegistryAssets.Kept kept) {
    Response response = Response.json(kept.isNew() ? 201 : 200, view(kept.document()));
    return operations.done(request, response, registry.path("location").asText(), request.id());
  }

  private Response delete(Request request) {
    JsonNode registry = registry(request);
    return assets.delete(request)
        ? operations.done(
            request, Response.empty(202), registry.path("location").asText(), request.id())
        : Response.empty(204);
  }

  private Response startUpload(Request request) {
    JsonNode registry = registry(request);
    String id = request.id().substring(0, request.id().lastIndexOf('/'));
    String pending = request.json().path("pendingUploadId").asText(UUID.randomUUID().toString());
    ObjectNode answer = Json.object().put("pendingUploadId", pending);
    answer.put("pendingUploadType", "TemporaryBlobReference");
    answer.set("blobReferenceForConsumption", uploads.start(registry, id));
    return Response.json(200, answer);
  }

  private Response reference(Request request) {
    ObjectNode answer = Json.object();
    answer.set("blobReferenceForConsumption", uploads.reading(registry(request), request.json()));
    return Response.json(200, answer);
  }
}
