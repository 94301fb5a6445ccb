package mlops.steps.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import mlops.azure.Azure;
import mlops.azure.Runs;
import mlops.azure.Workspace;
import mlops.steps.Lineage;

/** Finds the versions of a model that jobs registered. */
final class RegisteredModel {
  private final Azure azure;
  private final Workspace workspace;
  private final String model;

  RegisteredModel(Azure azure, Workspace workspace, String model) {
    this.azure = azure;
    this.workspace = workspace;
    this.model = model;
  }

  /** The newest version, archived or not, that names the job or a child of it as its origin. */
  Optional<ObjectNode> by(String job) {
    Set<String> runs = new HashSet<>();
    runs.add(job);
    new Runs(azure, workspace).children(job).forEach(child -> runs.add(child.id()));
    return workspace.allVersions("models", model).stream()
        .filter(version -> comesFrom(version, runs))
        .findFirst();
  }

  /** The newest other version that was trained from the same content and has the same files. */
  Optional<String> twin(Lineage lineage) {
    return workspace.versions("models", model).stream()
        .filter(version -> !version.path("name").asText().equals(lineage.version()))
        .filter(version -> isTwin(lineage, Lineage.of(version)))
        .map(version -> version.path("name").asText())
        .findFirst();
  }

  private static boolean isTwin(Lineage one, Lineage other) {
    return !one.content().isEmpty()
        && one.content().equals(other.content())
        && one.manifest().equals(other.manifest());
  }

  private static boolean comesFrom(ObjectNode version, Set<String> runs) {
    String from = version.path("properties").path("jobName").asText();
    String uri = version.path("properties").path("modelUri").asText();
    return runs.contains(from)
        || runs.stream()
            .anyMatch(run -> uri.contains("/" + run + "/") || uri.contains("." + run + "/"));
  }
}
