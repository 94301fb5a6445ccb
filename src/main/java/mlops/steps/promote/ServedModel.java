package mlops.steps.promote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import mlops.azure.Azure;
import mlops.azure.ml.Workspace;
import mlops.profile.Profile;
import mlops.steps.Lineage;
import mlops.steps.delivery.CandidateModel;
import mlops.steps.share.SharedModel;

/**
 * The model in a target, and the endpoint that serves it there.
 *
 * @param environment what the user calls the target
 * @param name of the model where it is registered in the target itself
 * @param shared the model in the registry, where targets deploy it from there
 */
record ServedModel(
    String environment,
    Workspace workspace,
    String name,
    String endpoint,
    Optional<SharedModel> shared) {

  static ServedModel of(Azure azure, Profile profile, Profile.Target target) {
    boolean byRegistry = profile.promotion().isByRegistry();
    Profile.Environment environment = target.environment();
    return new ServedModel(
        environment.name(),
        new Workspace(azure, profile.resourceGroups().ml(), environment.workspace()),
        environment.model(),
        target.endpointName(),
        byRegistry ? Optional.of(SharedModel.of(azure, profile)) : Optional.empty());
  }

  /** The versions here with exactly the files of a candidate, the newest first. */
  List<ObjectNode> versionsOf(CandidateModel candidate) {
    return versions().stream()
        .filter(v -> Lineage.of(v).manifest().equals(candidate.lineage().manifest()))
        .toList();
  }

  private List<ObjectNode> versions() {
    if (workspace.find().isEmpty()) {
      return List.of();
    }
    return shared.map(this::deployed).orElseGet(() -> workspace.versions("models", name));
  }

  /** Those of the registry that a deployment here names: only they have come here. */
  private List<ObjectNode> deployed(SharedModel model) {
    if (findEndpoint().isEmpty()) {
      return List.of();
    }
    List<String> ids =
        workspace.list(endpointPath() + "/deployments", "").stream()
            .map(d -> d.at("/properties/model/assetId").asText())
            .toList();
    return ids.isEmpty()
        ? List.of()
        : model.versions().stream().filter(v -> ids.contains(model.id(number(v)))).toList();
  }

  private static String number(ObjectNode version) {
    return version.path("name").asText();
  }

  /** How a deployment names a version. */
  String idOf(ObjectNode version) {
    return shared.map(model -> model.id(number(version))).orElse(version.path("id").asText());
  }

  /** Where the endpoint is, below the workspace. */
  String endpointPath() {
    return "batchEndpoints/" + endpoint;
  }

  Optional<ObjectNode> findEndpoint() {
    return workspace.find().flatMap(there -> workspace.find(endpointPath()));
  }
}
