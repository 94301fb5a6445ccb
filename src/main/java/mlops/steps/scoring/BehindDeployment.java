package mlops.steps.scoring;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import mlops.azure.Azure;
import mlops.azure.ml.Registry;
import mlops.azure.ml.RegistryAsset;
import mlops.azure.ml.Workspace;
import mlops.error.MlopsException;
import mlops.features.spec.RetrievalList;
import mlops.steps.Lineage;
import mlops.steps.ScoringDeployment;

/**
 * The model that a deployment serves, and whether it wants features: its manifest, which mlops
 * wrote, says which files it has. Of a model without one nothing is known.
 */
record BehindDeployment(Azure azure, Workspace workspace, ScoringDeployment deployment) {

  /** How a job file names it. */
  String reference() {
    String id = id();
    return id.startsWith("azureml://") ? id : "azureml:%s:%s".formatted(part(id, 3), part(id, 1));
  }

  private String id() {
    return deployment.properties().at("/model/assetId").asText();
  }

  /** A part of an id, counted from its end. */
  private static String part(String id, int fromEnd) {
    String[] parts = id.split("/");
    return parts.length < fromEnd ? "" : parts[parts.length - fromEnd];
  }

  /**
   * Asks that it was trained with features.
   *
   * @param env what the user calls the environment
   */
  void requireFeatures(String env) {
    if (wantsFeatures().filter(wants -> !wants).isPresent()) {
      throw MlopsException.refused(
          "ModelWithoutFeatures",
          "--features: the model of deployment %s, %s, was trained without features"
              .formatted(deployment.name(), reference()),
          "Leave out --features, or promote one that was trained with them: mlops promote --to %s --features"
              .formatted(env));
    }
  }

  /**
   * Asks that it was trained without features.
   *
   * @param env what the user calls the environment
   */
  void requirePlain(String env) {
    if (wantsFeatures().filter(wants -> wants).isPresent()) {
      throw MlopsException.refused(
          "FeaturesNeeded",
          "the model of deployment %s, %s, was trained with features, and none are retrieved"
              .formatted(deployment.name(), reference()),
          "Retrieve them first: mlops batch-score --env %s --features".formatted(env));
    }
  }

  /** Whether it was trained with features; empty where nobody noted its files. */
  Optional<Boolean> wantsFeatures() {
    return version()
        .map(version -> Lineage.of(version).manifest().files())
        .filter(files -> !files.isEmpty())
        .map(files -> files.containsKey(RetrievalList.FILE));
  }

  private Optional<ObjectNode> version() {
    Optional<RegistryAsset> shared = RegistryAsset.parse(id());
    return shared.isPresent()
        ? new Registry(azure, workspace.group(), shared.get().registry())
            .version(shared.get().kind(), shared.get().name(), shared.get().version())
        : workspace.find("models/%s/versions/%s".formatted(part(id(), 3), part(id(), 1)));
  }
}
