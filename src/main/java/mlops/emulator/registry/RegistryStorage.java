package mlops.emulator.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import mlops.emulator.blob.auth.SasIssuer;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.BlobStore;
import mlops.emulator.http.Json;
import mlops.emulator.ml.asset.AssetUris;
import mlops.emulator.ml.asset.AssetUris.Place;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;

/**
 * The bytes of assets, in the account of the registry's own group: a container for each version, to
 * which callers come by a signature only.
 */
final class RegistryStorage {
  private static final Duration LIFETIME = Duration.ofHours(8);

  private final MlResources resources;
  private final BlobStore blobs;
  private final SasIssuer signatures;
  private final AssetUris uris;

  RegistryStorage(MlResources resources, BlobStore blobs) {
    this.resources = resources;
    this.blobs = blobs;
    this.signatures = new SasIssuer(blobs);
    this.uris = new AssetUris(resources);
  }

  /** A new container, as clients of the registry are told of it, with a signature to fill it. */
  ObjectNode fresh(JsonNode registry) {
    Place place = container(registry);
    return reference(registry, place, "racwl");
  }

  private Place container(JsonNode registry) {
    String name = registry.path("name").asText().toLowerCase(Locale.ROOT).replace('_', '-');
    String start = name.substring(0, Math.min(9, name.length())).replaceAll("-+", "-");
    String container = start.replaceAll("-$", "") + "-" + UUID.randomUUID();
    String account = MlPaths.name(RegistryDocument.storage(registry));
    blobs.createContainer(account, container);
    return new Place(account, container, "");
  }

  /** The container of a place in the registry, with a signature to read it. */
  ObjectNode readable(JsonNode registry, Place place) {
    return reference(registry, place, "rl");
  }

  private ObjectNode reference(JsonNode registry, Place place, String permissions) {
    String sas =
        signatures.sasUrl(
            place.account(), place.container(), null, permissions, resources.now().plus(LIFETIME));
    ObjectNode reference = Json.object().put("blobUri", sas.substring(0, sas.indexOf('?')));
    reference.put("storageAccountArmId", RegistryDocument.storage(registry));
    reference.putObject("credential").put("credentialType", "SAS").put("sasUri", sas);
    return reference;
  }

  /** Where an address of the registry's own storage leads, if it is one. */
  Optional<Place> own(JsonNode registry, String uri) {
    String account = MlPaths.name(RegistryDocument.storage(registry));
    return uris.place(registry.path("id").asText(), uri)
        .filter(place -> place.account().equals(account));
  }

  /**
   * The address of something in the registry's own storage, as it is kept: without a port.
   *
   * @throws mlops.emulator.http.ApiException 400 for one elsewhere
   */
  String requireOwn(JsonNode registry, String field, String uri) {
    if (own(registry, uri).isEmpty()) {
      throw MlErrors.userError(
          400,
          "The %s '%s' does not lead into the storage of registry %s: upload the files first, or share the asset of the workspace."
              .formatted(field, uri, registry.path("name").asText()));
    }
    return uri.replaceFirst("^(https://[^/:]+):443/", "$1/");
  }

  /**
   * Copies what lies at a place, a blob or all in a folder, into a new container of the registry,
   * under the same path.
   *
   * @return the address of the copy, or nothing where nothing lies there
   */
  Optional<String> copy(JsonNode registry, Place from) {
    if (!blobs.hasContainer(from.account(), from.container())) {
      return Optional.empty();
    }
    String path = from.path().replaceAll("/+$", "");
    List<Blob> found =
        blobs.list(from.account(), from.container(), path.isEmpty() ? "" : path + "/");
    Optional<Blob> single =
        path.isEmpty() ? Optional.empty() : blobs.find(from.account(), from.container(), path);
    if (found.isEmpty() && single.isEmpty()) {
      return Optional.empty();
    }
    Place to = container(registry);
    single.ifPresent(blob -> copy(blob, to));
    found.forEach(blob -> copy(blob, to));
    return Optional.of(
        "https://%s.blob.core.windows.net/%s/%s".formatted(to.account(), to.container(), path));
  }

  private void copy(Blob blob, Place to) {
    blobs.put(to.account(), to.container(), blob.name(), blob.content(), false, blob.contentType());
  }

  /** Throws a container away in which something was that nobody will use. */
  void discard(JsonNode registry, String uri) {
    own(registry, uri)
        .ifPresent(
            place ->
                resources
                    .state()
                    .delete(blobs.account(place.account()).containerId(place.container())));
  }
}
