package mlops.emulator.ml.asset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.BlobStore;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.ml.resource.MlErrors;

/** The files of models in storage: that there are any, and what an {@code MLmodel} lists. */
public final class ModelFiles {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final long LONGEST = 1_000_000;

  private final AssetUris uris;
  private final BlobStore blobs;

  public ModelFiles(AssetUris uris, BlobStore blobs) {
    this.uris = uris;
    this.blobs = blobs;
  }

  /**
   * Asks that the path of a model leads to files.
   *
   * @throws ApiException 400 ModelAssetPathNotFoundInStorage
   */
  public void require(String workspace, String uri) {
    Optional<AssetUris.Place> place = uris.place(workspace, uri);
    if (place.isEmpty() || !isThere(place.get())) {
      throw MlErrors.userError(400, "The request is invalid.")
          .withDetail(
              "ModelAssetPathNotFoundInStorage",
              "No blobs found in storage at model asset path: "
                  + place.map(AssetUris.Place::path).orElse(uri));
    }
  }

  private boolean isThere(AssetUris.Place place) {
    String file = place.path().replaceAll("/+$", "");
    String folder = file.isEmpty() ? "" : file + "/";
    try {
      return blobs.hasContainer(place.account(), place.container())
          && (blobs.find(place.account(), place.container(), file).isPresent()
              || !blobs.list(place.account(), place.container(), folder).isEmpty());
    } catch (ApiException e) {
      return false; // there is no such account, or nothing can have this name
    }
  }

  /** By flavor its data; an empty object for any model that is not MLflow's, never null. */
  public ObjectNode flavors(String workspace, String modelType, String modelUri) {
    ObjectNode flavors = Json.object();
    if (modelType.equals("mlflow_model")) {
      description(workspace, modelUri)
          .ifPresent(
              mlmodel ->
                  mlmodel
                      .path("flavors")
                      .fields()
                      .forEachRemaining(f -> flavors.set(f.getKey(), data(f.getValue()))));
    }
    return flavors;
  }

  private Optional<JsonNode> description(String workspace, String modelUri) {
    Optional<AssetUris.Place> place = uris.place(workspace, modelUri);
    if (place.isEmpty() || !blobs.hasContainer(place.get().account(), place.get().container())) {
      return Optional.empty();
    }
    String path = place.get().path();
    String file = path.isEmpty() || path.endsWith("/") ? path + "MLmodel" : path + "/MLmodel";
    return blobs
        .find(place.get().account(), place.get().container(), file)
        .filter(b -> b.size() < LONGEST)
        .map(ModelFiles::read);
  }

  private static JsonNode read(Blob file) {
    try {
      return YAML.readTree(Files.readAllBytes(file.content()));
    } catch (IOException e) {
      throw ApiException.badRequest(
          "UserError", "The MLmodel file %s cannot be read as YAML.".formatted(file.name()));
    }
  }

  /** Flavor data are strings on the wire. */
  private static ObjectNode data(JsonNode flavor) {
    ObjectNode data = Json.object();
    ObjectNode values = data.putObject("data");
    flavor
        .fields()
        .forEachRemaining(
            f ->
                values.put(
                    f.getKey(),
                    f.getValue().isValueNode() ? f.getValue().asText() : f.getValue().toString()));
    return data;
  }
}
