package mlops.steps.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mlops.azure.Azure;
import mlops.azure.SignedInPrincipal;
import mlops.azure.ml.Registry;
import mlops.azure.ml.RegistryAsset;
import mlops.azure.ml.Workspace;
import mlops.error.MlopsException;
import mlops.profile.Profile;
import mlops.steps.Lineage;
import mlops.steps.RollbackTag;
import mlops.steps.ScoringDeployment;

/** What is where: the models of each environment, what serves, and what served before. */
public final class ModelStatus {

  /**
   * One environment.
   *
   * @param models the versions of its model, the newest first; empty where there are none. Where
   *     the endpoint serves one of a registry, that one
   * @param serving what the endpoint serves; empty where models are trained, and where nothing does
   */
  public record Environment(
      String name,
      String workspace,
      boolean exists,
      String model,
      List<Model> models,
      Optional<Serving> serving) {}

  /**
   * A version of a model and where it comes from.
   *
   * @param by who promoted it, or who trained it
   * @param at when, an instant in ISO 8601
   */
  public record Model(String version, Lineage lineage, String by, String at) {

    /** Where Azure knows only the id of who made it, the one who is signed in knows his own. */
    static Model of(ObjectNode version, SignedInPrincipal reader) {
      JsonNode tags = version.path("properties").path("tags");
      JsonNode made = version.path("systemData");
      String by = tags.path("promoted.by").asText(made.path("createdBy").asText());
      return new Model(
          version.path("name").asText(),
          Lineage.of(version),
          by.equals(reader.objectId()) ? reader.name() : by,
          tags.path("promoted.at").asText(made.path("createdAt").asText()));
    }
  }

  /**
   * A batch endpoint.
   *
   * @param model the id of the model that the deployment names, or empty
   * @param previous the deployment that served before, or empty
   * @param rolledBack what somebody took out of service
   */
  public record Serving(
      String endpoint,
      String deployment,
      String model,
      String previous,
      List<RollbackTag> rolledBack) {

    /** The version of the model, or empty. */
    public String modelVersion() {
      return model.substring(model.lastIndexOf('/') + 1);
    }
  }

  private final Azure azure;
  private final Profile profile;

  public ModelStatus(Azure azure, Profile profile) {
    this.azure = azure;
    this.profile = profile;
  }

  /** Looks at all environments, in the order of promotion. */
  public List<Environment> environments() {
    List<Environment> all = new ArrayList<>();
    all.add(look(profile.training().environment(), Optional.empty()));
    for (Profile.Target target : profile.targets()) {
      all.add(look(target.environment(), Optional.of(target.endpointName())));
    }
    return all;
  }

  /** The model that serves in a target; empty where none does, or it is gone. */
  public Optional<Model> serving(Profile.Target target) {
    Environment found = look(target.environment(), Optional.of(target.endpointName()));
    return found
        .serving()
        .flatMap(
            serving ->
                found.models().stream()
                    .filter(model -> model.version().equals(serving.modelVersion()))
                    .findFirst());
  }

  private Environment look(Profile.Environment environment, Optional<String> endpoint) {
    Workspace workspace =
        new Workspace(azure, profile.resourceGroups().ml(), environment.workspace());
    boolean exists = workspace.find().isPresent();
    Optional<Serving> serving =
        exists ? endpoint.flatMap(name -> serving(workspace, name)) : Optional.empty();
    Optional<RegistryAsset> shared = serving.flatMap(s -> RegistryAsset.parse(s.model()));
    List<ObjectNode> versions =
        shared
            .map(this::versions)
            .orElseGet(
                () -> exists ? workspace.versions("models", environment.model()) : List.of());
    return new Environment(
        environment.name(),
        environment.workspace(),
        exists,
        shared.map(RegistryAsset::words).orElse(environment.model()),
        versions.stream().map(version -> Model.of(version, azure.signedIn())).toList(),
        serving);
  }

  /** The version of a registry that serves; none where it is gone, or may not be read. */
  private List<ObjectNode> versions(RegistryAsset asset) {
    Registry registry = new Registry(azure, profile.resourceGroups().ml(), asset.registry());
    try {
      return registry.version(asset.kind(), asset.name(), asset.version()).stream().toList();
    } catch (MlopsException e) {
      if (!e.code().equals("RegistryNotAllowed")) {
        throw e;
      }
      return List.of(); // the environment, and all others, are shown all the same
    }
  }

  private static Optional<Serving> serving(Workspace workspace, String endpoint) {
    return workspace
        .find("batchEndpoints/" + endpoint)
        .map(
            found -> {
              String deployment = ScoringDeployment.servingAt(found);
              return new Serving(
                  endpoint,
                  deployment,
                  model(workspace, endpoint, deployment),
                  ScoringDeployment.beforeAt(found),
                  RollbackTag.of(found));
            });
  }

  private static String model(Workspace workspace, String endpoint, String deployment) {
    if (deployment.isEmpty()) {
      return "";
    }
    return workspace
        .find("batchEndpoints/%s/deployments/%s".formatted(endpoint, deployment))
        .map(found -> found.at("/properties/model/assetId").asText())
        .orElse("");
  }
}
