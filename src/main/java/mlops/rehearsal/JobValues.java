package mlops.rehearsal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mlops.emulator.github.account.Repository;
import mlops.emulator.github.actions.GitHubActions;
import mlops.emulator.github.environment.DeploymentEnvironment;

/**
 * The secrets and variables that a job gets: of its repository, and over them of its environment.
 */
record JobValues(ObjectNode secrets, ObjectNode variables) {

  static JobValues of(
      GitHubActions actions, Repository repository, Optional<DeploymentEnvironment> environment) {
    List<String> owners = new ArrayList<>(List.of(repository.path()));
    environment.ifPresent(e -> owners.add(e.path()));
    ObjectNode secrets = JsonNodeFactory.instance.objectNode();
    ObjectNode variables = JsonNodeFactory.instance.objectNode();
    for (String owner : owners) {
      actions.variables().all(owner).forEach(v -> variables.put(v.name(), v.value()));
      actions
          .secrets()
          .all(owner)
          .forEach(
              s ->
                  actions
                      .keys()
                      .open(owner, s.value())
                      .ifPresent(
                          v -> secrets.put(s.name(), new String(v, StandardCharsets.UTF_8))));
    }
    return new JobValues(secrets, variables);
  }

  /** What no log may show. */
  List<String> hidden() {
    List<String> hidden = new ArrayList<>();
    secrets.forEach(s -> hidden.add(s.asText()));
    return hidden;
  }
}
