package mlops.emulator.ml.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import mlops.emulator.ml.resource.MlResources;

/**
 * Where an artifact lies in storage.
 *
 * @param path of a blob, or of a folder of blobs, in the container
 */
record ArtifactPlace(String account, String container, String path) {

  /**
   * The place of what MLflow's proxy is asked for.
   *
   * @throws mlops.emulator.http.ApiException 404 where there is no such datastore
   */
  static ArtifactPlace of(MlResources resources, String workspace, String proxyPath) {
    MlflowSources.Place place = MlflowSources.Place.ofProxy(proxyPath);
    JsonNode datastore =
        resources
            .read(workspace + "/datastores/" + place.datastore())
            .map(d -> d.path("properties"))
            .orElseThrow(
                () ->
                    MlflowRoutes.missing(
                        "The datastore '%s' does not exist.".formatted(place.datastore())));
    String container =
        datastore.path("containerName").asText(datastore.path("filesystem").asText());
    return new ArtifactPlace(datastore.path("accountName").asText(), container, place.path());
  }
}
