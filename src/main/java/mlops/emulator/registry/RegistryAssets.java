package mlops.emulator.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Caller;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.ml.asset.AssetType;
import mlops.emulator.ml.asset.AssetVersions;
import mlops.emulator.ml.asset.Assets;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.Pages;
import mlops.emulator.ml.resource.RegistryIds;
import mlops.emulator.ml.resource.ResourceNames;

/**
 * The assets of registries, as documents by their ARM ids, whichever way a client asks for them. A
 * version never changes but in its tags, its description and whether it is archived.
 */
final class RegistryAssets {
  private final MlResources resources;
  private final AssetVersions versions;
  private final AssetContent content;

  RegistryAssets(MlResources resources, AssetVersions versions, AssetContent content) {
    this.resources = resources;
    this.versions = versions;
    this.content = content;
  }

  /** What was made or changed, and whether it is new. */
  record Kept(ObjectNode document, boolean isNew) {}

  /**
   * Makes a version, or changes what may change of it.
   *
   * @param id the ARM id of the version
   * @throws ApiException 409 where it would change what is registered
   */
  Kept put(AssetType type, String id, Caller caller, ObjectNode asked) {
    String container = container(id);
    ResourceNames.check(MlPaths.name(container));
    ResourceNames.checkVersion(MlPaths.name(id));
    return resources
        .state()
        .exclusively(
            () -> {
              ObjectNode registry = resources.arm().find(RegistryIds.registryOf(id));
              Optional<ObjectNode> old = resources.read(id);
              JsonNode before = old.map(o -> o.path("properties")).orElseGet(Json::object);
              ObjectNode properties = content.of(type, id, asked, registry, before);
              if (old.isPresent() && type.changed(before, properties).isPresent()) {
                throw registered(type, id);
              }
              return new Kept(write(type, id, caller, properties), old.isEmpty());
            });
  }

  /** Keeps a version as it is, with its container; inside {@code exclusively}. */
  ObjectNode write(AssetType type, String id, Caller caller, ObjectNode properties) {
    String container = container(id);
    String kind = RegistryIds.TYPE + "/" + type.collection();
    if (resources.read(container).isEmpty()) {
      resources.put(container, kind, caller, Assets.container(properties));
    }
    ObjectNode version = Json.object().set("properties", properties);
    return resources.put(id, kind + "/versions", caller, version);
  }

  private static ApiException registered(AssetType type, String id) {
    return MlErrors.userError(
        409,
        "%s %s with version %s is already registered and cannot be changed."
            .formatted(
                type.singular().substring(0, 1).toUpperCase(Locale.ROOT)
                    + type.singular().substring(1),
                MlPaths.name(container(id)),
                MlPaths.name(id)));
  }

  /**
   * Asks that there is no such version yet.
   *
   * @throws ApiException 409
   */
  void requireNew(String id) {
    if (resources.read(id).isPresent()) {
      throw exists(id);
    }
  }

  static ApiException exists(String id) {
    return MlErrors.userError(
        409, "Asset with ID %s already exists.".formatted(RegistryIds.assetId(id)));
  }

  Kept putContainer(AssetType type, String id, Caller caller, ObjectNode asked) {
    ResourceNames.check(MlPaths.name(id));
    AssetContent.requireShape(asked);
    asked.remove(List.of("latestVersion", "nextVersion", "provisioningState"));
    return resources
        .state()
        .exclusively(
            () -> {
              resources.arm().find(RegistryIds.registryOf(id));
              boolean isNew = resources.read(id).isEmpty();
              ObjectNode properties = Json.object().put("isArchived", false);
              ObjectNode body = Json.object().set("properties", properties.setAll(asked));
              String kind = RegistryIds.TYPE + "/" + type.collection();
              return new Kept(versions.withVersions(resources.put(id, kind, caller, body)), isNew);
            });
  }

  /**
   * A version.
   *
   * @throws ApiException 404
   */
  ObjectNode find(String id) {
    return resources.read(id).orElseThrow(() -> notFound(id));
  }

  Optional<ObjectNode> read(String id) {
    return resources.read(id);
  }

  ObjectNode findContainer(String id) {
    return versions.withVersions(find(id));
  }

  /** The containers of a collection that a list shows. */
  List<ObjectNode> containers(Request request, String collection) {
    return resources.state().list(collection).stream()
        .filter(c -> Pages.shows(request, c))
        .map(versions::withVersions)
        .toList();
  }

  /** The versions that a list shows; none of what is not there, which clients ask for first. */
  List<ObjectNode> versions(Request request, String collection) {
    String container = collection.substring(0, collection.lastIndexOf('/'));
    List<ObjectNode> shown =
        new ArrayList<>(
            versions.newestFirst(container).stream()
                .filter(v -> Pages.shows(request, v))
                .filter(v -> AssetVersions.wanted(request, v.path("properties")))
                .filter(v -> request.queryValue("version").filter(w -> !named(v, w)).isEmpty())
                .toList());
    if (Pages.oldestFirst(request)) {
      Collections.reverse(shown);
    }
    return shown;
  }

  private static boolean named(ObjectNode version, String name) {
    return version.path("name").asText().equals(name);
  }

  /** Deletes a version, or a container with all of them; whether it was there. */
  boolean delete(Request request) {
    return resources.state().exclusively(() -> resources.state().delete(request.id()));
  }

  static ApiException notFound(String id) {
    return MlErrors.userError(
        404, "Could not find asset with ID: %s".formatted(RegistryIds.assetId(id)));
  }

  private static String container(String id) {
    return id.substring(0, id.lastIndexOf("/versions/"));
  }
}
