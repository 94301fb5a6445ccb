package mlops.steps.lineage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mlops.azure.Azure;
import mlops.azure.ml.Workspace;
import mlops.error.MlopsException;
import mlops.profile.Profile;

/** What serves in a target: the deployment, and the environment that it scores in. */
record DeploymentLinks(Azure azure, Profile profile, Profile.Target target, Workspace workspace) {
  private static final String KIND = "deployment";

  /**
   * Adds the deployment.
   *
   * @param wanted what the user asks about; what serves if empty
   * @return the model that it names; empty where the chain ends here
   * @throws MlopsException FAILED where nothing serves, or nothing that was asked about
   */
  Optional<AssetReference> follow(Optional<WantedModel> wanted, ChainBuilder chain) {
    String path = "batchEndpoints/" + target.endpointName();
    Fetched<ObjectNode> endpoint = Fetched.of(azure, () -> workspace.find(path));
    if (endpoint.found().isEmpty() && !endpoint.isGone()) {
      chain.broken("endpoint", target.endpointName(), workspace.id() + "/" + path, endpoint.why());
      return Optional.empty();
    }
    String serving =
        endpoint
            .found()
            .map(found -> found.at("/properties/defaults/deploymentName").asText())
            .orElse("");
    if (wanted.isPresent()) {
      return asked(wanted.get(), endpoint.found().isPresent() ? path : "", serving, chain);
    }
    if (serving.isEmpty()) {
      throw nothing(
          "NothingServes", "nothing serves in %s (%s)".formatted(target.name(), workspace.name()));
    }
    Fetched<ObjectNode> deployment =
        Fetched.of(azure, () -> workspace.find(path + "/deployments/" + serving));
    if (deployment.found().isEmpty()) {
      String id = "%s/%s/deployments/%s".formatted(workspace.id(), path, serving);
      chain.broken(KIND, name(serving), id, deployment.why());
      return Optional.empty();
    }
    return add(deployment.found().get(), serving, chain);
  }

  private Optional<AssetReference> asked(
      WantedModel wanted, String endpoint, String serving, ChainBuilder chain) {
    List<ObjectNode> deployments = new ArrayList<>();
    if (!endpoint.isEmpty()) {
      deployments.addAll(workspace.list(endpoint + "/deployments", ""));
    }
    deployments.sort((a, b) -> Boolean.compare(is(b, serving), is(a, serving)));
    for (ObjectNode deployment : deployments) {
      if (model(deployment).filter(wanted::isMet).isPresent()) {
        return add(deployment, serving, chain);
      }
    }
    if (wanted.version().isEmpty()) {
      throw nothing(
          "NotDeployed",
          "no deployment in %s has a model %s".formatted(target.name(), wanted.name()));
    }
    AssetReference undeployed = undeployed(wanted);
    chain.noted(KIND, "none in " + target.name(), "", "");
    return Optional.of(undeployed);
  }

  private static boolean is(JsonNode deployment, String name) {
    return deployment.path("name").asText().equals(name);
  }

  /** A version that nothing deploys: in the workspace, or else in the registry. */
  private AssetReference undeployed(WantedModel wanted) {
    String version = wanted.version().orElseThrow();
    List<AssetReference> places = new ArrayList<>();
    if (wanted.registry().isEmpty()) {
      places.add(LineageTrace.reference(workspace, wanted.name(), version));
    }
    wanted
        .registry()
        .or(() -> profile.promotion().registry().map(Profile.Registry::name))
        .flatMap(registry -> AssetReference.ofRegistry(registry, wanted.name(), version))
        .ifPresent(places::add);
    List<String> looked = new ArrayList<>();
    for (AssetReference place : places) {
      Fetched<ObjectNode> there = place.fetch(azure, profile.resourceGroups().ml(), workspace);
      if (there.found().isPresent()) {
        return place;
      }
      String where = place.registry().map("registry "::concat).orElse(workspace.name());
      looked.add("%s: %s".formatted(where, there.isGone() ? "none" : there.why()));
    }
    throw MlopsException.failed(
        "ModelNotFound",
        "there is no %s (%s)".formatted(wanted.words(), String.join("; ", looked)),
        "mlops status lists the versions of the environments.");
  }

  private Optional<AssetReference> add(ObjectNode deployment, String serving, ChainBuilder chain) {
    String name = deployment.path("name").asText();
    chain.found(
        KIND, name(name), deployment.path("id").asText(), name.equals(serving) ? "serves" : "");
    JobLinks.addEnvironment(
        "scored in",
        deployment.at("/properties/environmentId").asText(),
        new JobLinks.Place(azure, profile.resourceGroups().ml(), workspace),
        chain);
    Optional<AssetReference> model = model(deployment);
    if (model.isEmpty()) {
      String id = deployment.at("/properties/model/assetId").asText();
      chain.broken("model", id, id, "no version of a model");
    }
    return model;
  }

  private static Optional<AssetReference> model(ObjectNode deployment) {
    return AssetReference.parse("models", deployment.at("/properties/model/assetId").asText());
  }

  private String name(String deployment) {
    return "%s of %s".formatted(deployment, target.endpointName());
  }

  private MlopsException nothing(String code, String why) {
    return MlopsException.failed(
        code,
        why,
        "mlops promote --to %s brings one there; mlops lineage NAME:VERSION follows any version; mlops status lists them."
            .formatted(target.name()));
  }
}
