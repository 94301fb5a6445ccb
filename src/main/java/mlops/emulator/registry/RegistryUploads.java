package mlops.emulator.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import mlops.emulator.http.ApiException;
import mlops.emulator.ml.asset.AssetUris.Place;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.RegistryIds;

/** Where the bytes of a version go, and where they are had from. */
final class RegistryUploads {
  private static final List<String> ADDRESSES =
      List.of("modelUri", "dataUri", "codeUri", "build/contextUri");

  private final MlResources resources;
  private final RegistryAssets assets;
  private final RegistryStorage storage;

  RegistryUploads(MlResources resources, RegistryAssets assets, RegistryStorage storage) {
    this.resources = resources;
    this.assets = assets;
    this.storage = storage;
  }

  /**
   * A fresh container for a version that is to be made.
   *
   * @param id the ARM id of the version
   * @throws ApiException 409 where it is there
   */
  ObjectNode start(JsonNode registry, String id) {
    assets.requireNew(id);
    return storage.fresh(registry);
  }

  /**
   * The container of a version, with a signature to read it.
   *
   * @param asked {@code assetId}, and {@code blobUri} as the version names it
   * @throws ApiException 404 where there is no such version, 400 where it has no such bytes
   */
  ObjectNode reading(JsonNode registry, JsonNode asked) {
    String assetId = asked.path("assetId").asText();
    ObjectNode version = assets.find(requireId(registry, assetId));
    Optional<Place> place = place(registry, version.path("properties"));
    String wanted = asked.path("blobUri").asText();
    boolean same =
        wanted.isEmpty()
            || place
                .map(Place::container)
                .equals(storage.own(registry, wanted).map(Place::container));
    if (place.isEmpty() || !same) {
      throw MlErrors.userError(
          400, "The blob '%s' is not of the asset %s.".formatted(wanted, assetId));
    }
    return storage.readable(registry, place.get());
  }

  private Optional<Place> place(JsonNode registry, JsonNode properties) {
    return ADDRESSES.stream()
        .map(field -> properties.at("/" + field).asText())
        .filter(uri -> !uri.isEmpty())
        .flatMap(uri -> storage.own(registry, uri).stream())
        .findFirst();
  }

  /**
   * The ARM id of a version of an asset of this registry.
   *
   * @throws ApiException 400 where it is of another one, or none at all
   */
  String requireId(JsonNode registry, String assetId) {
    return RegistryIds.resourceId(resources.state(), assetId)
        .filter(id -> RegistryIds.registryOf(id).equalsIgnoreCase(registry.path("id").asText()))
        .filter(id -> id.matches(".+/[^/]+/[^/]+/versions/[^/]+"))
        .orElseThrow(
            () ->
                MlErrors.userError(
                    400,
                    "The asset id '%s' is not that of a version in registry %s."
                        .formatted(assetId, registry.path("name").asText())));
  }
}
