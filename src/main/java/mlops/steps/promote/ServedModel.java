package mlops.steps.promote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import mlops.azure.Azure;
import mlops.azure.ml.Workspace;
import mlops.profile.Profile;
import mlops.steps.Lineage;

/**
 * The model in a target, and the endpoint that serves it there.
 *
 * @param environment what the user calls the target
 */
record ServedModel(String environment, Workspace workspace, String name, String endpoint) {

  static ServedModel of(Azure azure, Profile profile, Profile.Target target) {
    Profile.Environment environment = target.environment();
    return new ServedModel(
        environment.name(),
        new Workspace(azure, profile.resourceGroups().ml(), environment.workspace()),
        environment.model(),
        target.endpointName());
  }

  /** The versions with exactly the files of a candidate, the newest first. */
  List<ObjectNode> versionsOf(CandidateModel candidate) {
    return workspace.find().isEmpty()
        ? List.of()
        : workspace.versions("models", name).stream()
            .filter(v -> Lineage.of(v).manifest().equals(candidate.lineage().manifest()))
            .toList();
  }

  /** Where the endpoint is, below the workspace. */
  String endpointPath() {
    return "batchEndpoints/" + endpoint;
  }

  Optional<ObjectNode> findEndpoint() {
    return workspace.find().flatMap(there -> workspace.find(endpointPath()));
  }
}
