package mlops.emulator.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mlops.emulator.arm.role.RoleBasedAccess;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Caller;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.ml.asset.AssetType;
import mlops.emulator.ml.asset.AssetUris;
import mlops.emulator.ml.asset.AssetUris.Place;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlRequestBody;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.RegistryIds;
import mlops.emulator.ml.resource.ResourceNames;

/**
 * Takes versions of workspaces into a registry. The service copies the bytes; the version tells
 * where it came from. The same import again changes nothing, also when two run at once.
 */
final class AssetImports {
  private final MlResources resources;
  private final RoleBasedAccess access;
  private final RegistryAccess rights;
  private final RegistryAssets assets;
  private final RegistryStorage storage;
  private final AssetOperations operations;
  private final AssetUris uris;

  AssetImports(
      MlResources resources,
      RoleBasedAccess access,
      RegistryAccess rights,
      RegistryAssets assets,
      RegistryStorage storage,
      AssetOperations operations) {
    this.resources = resources;
    this.access = access;
    this.rights = rights;
    this.assets = assets;
    this.storage = storage;
    this.operations = operations;
    this.uris = new AssetUris(resources);
  }

  /** The other way round: a workspace publishes an asset into a registry. */
  List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (AssetType type : SourceAsset.SHARED) {
      String version =
          "%s/%s/{name}/versions/{version}".formatted(MlPaths.WORKSPACE, type.collection());
      routes.add(
          Route.arm(
              "POST", version + "/publish", type.action("versions/write"), r -> publish(type, r)));
    }
    return routes;
  }

  private Response publish(AssetType type, Request request) {
    JsonNode asked = request.json();
    String name = asked.path("registryName").asText();
    Optional<ObjectNode> found =
        RegistryIds.names(resources.state()).find(name).flatMap(resources::read);
    rights.require(request, name, found.map(r -> r.path("id").asText()), "write");
    JsonNode workspace = resources.workspace(request);
    String asset =
        "%s/%s/versions/%s"
            .formatted(type.collection(), request.parameter("name"), request.parameter("version"));
    SourceAsset source =
        SourceAsset.of(
            "azureml://locations/%s/workspaces/%s/%s"
                .formatted(
                    workspace.path("location").asText(),
                    workspace.at("/properties/workspaceId").asText(),
                    asset));
    ObjectNode registry = found.orElseThrow();
    String target = asked.path("destinationName").asText(request.parameter("name"));
    String version = asked.path("destinationVersion").asText(request.parameter("version"));
    String id = destination(registry, type, target, version);
    take(registry, request.caller(), source, MlPaths.workspaceId(request), id);
    return Response.empty(200);
  }

  private static String destination(
      JsonNode registry, AssetType type, String name, String version) {
    ResourceNames.check(name);
    ResourceNames.checkVersion(version);
    return "%s/%s/%s/versions/%s"
        .formatted(registry.path("id").asText(), type.collection(), name, version);
  }

  /**
   * Answers a POST of {@code import}: 202, and the operation tells how it went.
   *
   * @throws ApiException 400 for a request that makes no sense, 403 where the caller may not read
   *     the source
   */
  Response start(ObjectNode registry, Caller caller, JsonNode asked) {
    SourceAsset source = SourceAsset.of(asked.path("sourceAssetId").asText());
    requireRegion(registry, source.region());
    String id =
        destination(
            registry,
            source.type(),
            asked.path("destinationName").asText(),
            asked.path("destinationVersion").asText());
    Optional<String> workspace = source.workspaceId(resources);
    workspace.ifPresent(
        w ->
            access.requireAction(
                caller, source.type().action("versions/read"), w + "/" + source.path()));
    String region = registry.path("location").asText();
    try {
      take(registry, caller, source, workspace.orElseThrow(source::notFound), id);
      return operations.imported(region);
    } catch (ApiException e) {
      return operations.failed(region, e);
    }
  }

  private static void requireRegion(JsonNode registry, String region) {
    if (!RegistryRegions.names(registry.path("properties")).contains(region)) {
      throw MlErrors.userError(
          400,
          "The region '%s' of the workspace is not supported by the registry %s: its regions are %s."
              .formatted(
                  region,
                  registry.path("name").asText(),
                  String.join(", ", RegistryRegions.names(registry.path("properties")))));
    }
  }

  private void take(
      ObjectNode registry, Caller caller, SourceAsset source, String workspace, String id) {
    if (isTaken(source, id)) {
      return;
    }
    ObjectNode found =
        resources.read(workspace + "/" + source.path()).orElseThrow(source::notFound);
    requireRegion(registry, resources.arm().find(workspace).path("location").asText());
    ObjectNode properties = content(source, found.path("properties"));
    String bytes = copy(registry, source, workspace, properties);
    resources
        .state()
        .exclusively(
            () -> {
              boolean other = assets.read(id).isPresent();
              if (other) {
                storage.discard(registry, bytes);
              }
              return other && isTaken(source, id)
                  ? properties
                  : assets.write(source.type(), id, caller, properties);
            });
  }

  /**
   * Whether the registry has the version from this source.
   *
   * @throws ApiException 409 where it has one from elsewhere
   */
  private boolean isTaken(SourceAsset source, String id) {
    Optional<ObjectNode> there = assets.read(id);
    if (there.isEmpty()) {
      return false;
    }
    if (!there.get().at("/properties/" + AssetContent.ORIGIN).asText().equals(source.id())) {
      throw RegistryAssets.exists(id);
    }
    return true;
  }

  private static ObjectNode content(SourceAsset source, JsonNode properties) {
    ObjectNode content = MlRequestBody.withoutNulls(properties);
    content.remove(List.of("jobName", "stage", "provisioningState"));
    content.put("isArchived", false).put("isAnonymous", false);
    return content.put(AssetContent.ORIGIN, source.id());
  }

  /** Copies the bytes, where there are any, and puts their new address into the content. */
  private String copy(
      ObjectNode registry, SourceAsset source, String workspace, ObjectNode properties) {
    String field =
        switch (source.type().collection()) {
          case "models" -> "modelUri";
          case "data" -> "dataUri";
          default -> "contextUri";
        };
    if (field.equals("contextUri") && !properties.path("build").isObject()) {
      return "";
    }
    ObjectNode owner = field.equals("contextUri") ? properties.withObject("/build") : properties;
    String from = owner.path(field).asText();
    Optional<Place> place = uris.place(workspace, from);
    String copy =
        place
            .flatMap(p -> storage.copy(registry, p))
            .orElseThrow(
                () -> MlErrors.userError(400, "No blobs found in storage at asset path: " + from));
    owner.put(field, from.endsWith("/") && !copy.endsWith("/") ? copy + "/" : copy);
    return copy;
  }
}
