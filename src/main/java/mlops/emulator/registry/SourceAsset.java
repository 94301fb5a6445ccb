package mlops.emulator.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.arm.resource.TrackedResources;
import mlops.emulator.arm.resource.TrackedType;
import mlops.emulator.http.ApiException;
import mlops.emulator.ml.asset.AssetType;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;

/**
 * A version in a workspace that a registry is to take in.
 *
 * @param id as it was sent: {@code azureml://locations/…}
 * @param region as the id has it
 * @param workspace the guid of the workspace
 * @param path below the workspace, such as {@code models/taxi/versions/7}
 */
record SourceAsset(String id, String region, String workspace, AssetType type, String path) {
  private static final Pattern ID =
      Pattern.compile(
          "azureml://locations/([^/]+)/workspaces/([^/]+)/((models|environments|data)/[^/]+/versions/[^/]+)");
  static final List<AssetType> SHARED =
      List.of(AssetType.MODELS, AssetType.ENVIRONMENTS, AssetType.DATA);

  /**
   * The asset that an id names.
   *
   * @throws ApiException 400 for what cannot be shared
   */
  static SourceAsset of(String id) {
    Matcher source = ID.matcher(id);
    if (!source.matches()) {
      throw MlErrors.userError(
          400,
          "The sourceAssetId '%s' is no model, environment or data asset of a workspace: azureml://locations/{region}/workspaces/{id}/models/{name}/versions/{version}."
              .formatted(id));
    }
    AssetType type =
        SHARED.stream()
            .filter(t -> t.collection().equals(source.group(4)))
            .findFirst()
            .orElseThrow();
    return new SourceAsset(id, source.group(1), source.group(2), type, source.group(3));
  }

  /** The ARM id of its workspace, wherever that lies. */
  Optional<String> workspaceId(MlResources resources) {
    TrackedResources workspaces =
        new TrackedResources(resources.arm(), new TrackedType(MlPaths.TYPE));
    for (ObjectNode subscription : resources.state().list("/subscriptions")) {
      String name = MlPaths.name(subscription.path("id").asText());
      for (ObjectNode found : workspaces.inSubscription(name)) {
        if (found.at("/properties/workspaceId").asText().equalsIgnoreCase(workspace)) {
          return Optional.of(found.path("id").asText());
        }
      }
    }
    return Optional.empty();
  }

  /** The failure to find it. */
  ApiException notFound() {
    return MlErrors.userError(404, "Could not find asset with ID: " + id);
  }
}
