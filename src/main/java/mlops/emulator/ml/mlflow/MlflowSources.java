package mlops.emulator.ml.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.ml.asset.AssetUris;
import mlops.emulator.ml.asset.DatastorePath;
import mlops.emulator.ml.asset.Models;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.RegistryIds;
import mlops.emulator.ml.workspace.DefaultDatastores;

/**
 * Where the files of models lie, as MLflow names the place and as the workspace does. MLflow's
 * proxy has artifacts by {@link DatastorePath#artifactPath}.
 */
final class MlflowSources {
  private static final Pattern PROXIED = Pattern.compile("mlflow-artifacts:(?://[^/]*)?/+(.+)");
  private static final Pattern RUN =
      Pattern.compile("azureml://.+/mlflow/.+/runs/([^/]+)/artifacts/(.+)");
  private static final Pattern ORIGIN = Pattern.compile("azureml://artifacts/([^/]+/.+)");
  private static final Pattern LOGGED = Pattern.compile("models:/(m-[^/]+)");
  private static final Pattern VERSION = Pattern.compile("models:/([^/]+)/(\\d+)");

  private final MlResources resources;

  MlflowSources(MlResources resources) {
    this.resources = resources;
  }

  /**
   * The address in the workspace of the source of a new version.
   *
   * @throws mlops.emulator.http.ApiException 400 for one that is not in this workspace
   */
  String address(String workspace, String source) {
    return place(workspace, source)
        .orElseThrow(
            () ->
                MlflowRoutes.invalid(
                    "Invalid model version source: '%s'. It must be among the artifacts of a run, or in a datastore of the workspace."
                        .formatted(source)));
  }

  private Optional<String> place(String workspace, String source) {
    Matcher proxied = PROXIED.matcher(source);
    if (proxied.matches()) {
      return Optional.of(DatastorePath.ofArtifact(proxied.group(1)).address(workspace));
    }
    Matcher run = RUN.matcher(source);
    if (run.matches()) {
      return Optional.of(AssetUris.artifact(workspace, run.group(1), run.group(2)));
    }
    Matcher origin = ORIGIN.matcher(source);
    if (origin.matches()) {
      return Optional.of(
          new DatastorePath(DefaultDatastores.ARTIFACTS, origin.group(1)).address(workspace));
    }
    Matcher logged = LOGGED.matcher(source);
    if (logged.matches()) {
      return resources
          .read(LoggedModels.id(workspace, logged.group(1)))
          .map(m -> DatastorePath.ofArtifact(m.path("artifactPath").asText()).address(workspace));
    }
    Matcher version = VERSION.matcher(source);
    if (version.matches()) {
      return resources
          .read(Models.id(workspace, version.group(1), version.group(2)))
          .map(v -> v.at("/properties/modelUri").asText());
    }
    String full = new AssetUris(resources).full(workspace, source);
    return DatastorePath.ofAddress(full).map(place -> full);
  }

  /** Where MLflow's proxy has the files of a version. */
  static String proxied(JsonNode version) {
    String uri = version.at("/properties/modelUri").asText();
    if (RegistryIds.isResource(version.path("id").asText())) {
      return MlflowAddresses.PROXY
          + RegistryIds.assetId(version.path("id").asText()).replaceFirst("^azureml://", "");
    }
    return DatastorePath.ofAddress(uri)
        .map(p -> new DatastorePath(p.datastore(), p.path().replaceAll("/+$", "")))
        .map(place -> MlflowAddresses.PROXY + place.artifactPath())
        .orElse(uri);
  }
}
