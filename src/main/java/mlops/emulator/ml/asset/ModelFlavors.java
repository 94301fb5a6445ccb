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

/** The flavors of an MLflow model, which its file {@code MLmodel} lists. */
final class ModelFlavors {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final long LONGEST = 1_000_000;

  private final AssetUris uris;
  private final BlobStore blobs;

  ModelFlavors(AssetUris uris, BlobStore blobs) {
    this.uris = uris;
    this.blobs = blobs;
  }

  /** By flavor its data; an empty object for any model that is not MLflow's, never null. */
  ObjectNode of(String workspace, String modelType, String modelUri) {
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
        .map(ModelFlavors::read);
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
