package mlops.emulator.ml.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import mlops.emulator.blob.auth.SasIssuer;
import mlops.emulator.blob.store.BlobStore;
import mlops.emulator.ml.asset.AssetUris;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlResources;

/** The artifacts of workspaces: blobs, and URLs that open them for a while. */
public final class Artifacts {
  private static final Duration LIFETIME = Duration.ofHours(8);

  private final MlResources resources;
  private final AssetUris uris;
  private final BlobStore blobs;
  private final SasIssuer signatures;

  public Artifacts(MlResources resources, BlobStore blobs, SasIssuer signatures) {
    this.resources = resources;
    this.uris = new AssetUris(resources);
    this.blobs = blobs;
    this.signatures = signatures;
  }

  boolean isThere(JsonNode workspace, Artifact artifact) {
    AssetUris.Place place = place(workspace, artifact);
    return blobs.find(place.account(), place.container(), place.path()).isPresent();
  }

  /** The files below a folder, each with its path as the folder has it; of a file, itself. */
  List<Artifact> below(JsonNode workspace, Artifact folder) {
    String path = folder.path().replaceAll("/+$", "");
    if (!path.isEmpty() && isThere(workspace, folder.at(path))) {
      return List.of(folder.at(path));
    }
    Artifact clean = folder.at(path.isEmpty() ? "" : path + "/");
    AssetUris.Place place = place(workspace, clean);
    int start = place.path().length() - clean.path().length();
    return blobs.list(place.account(), place.container(), place.path()).stream()
        .map(blob -> folder.at(blob.name().substring(start)))
        .toList();
  }

  /**
   * An artifact with a URL that opens it.
   *
   * @param permissions in the letters of a shared access signature
   */
  ObjectNode withUrl(JsonNode workspace, Artifact artifact, String permissions) {
    AssetUris.Place place = place(workspace, artifact);
    String url =
        signatures.sasUrl(
            place.account(),
            place.container(),
            place.path(),
            permissions,
            resources.now().plus(LIFETIME));
    return artifact.view().put("contentUri", url);
  }

  private AssetUris.Place place(JsonNode workspace, Artifact artifact) {
    return uris.place(workspace.path("id").asText(), artifact.datastore(), artifact.place())
        .orElseThrow(
            () ->
                MlErrors.userError(
                    404, "The datastore '%s' does not exist.".formatted(artifact.datastore())));
  }
}
