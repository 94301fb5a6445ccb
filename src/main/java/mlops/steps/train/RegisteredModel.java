package mlops.steps.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import mlops.azure.Azure;
import mlops.azure.Runs;
import mlops.azure.Workspace;

/** Finds the version of a model that a job registered. */
final class RegisteredModel {
  private final Azure azure;
  private final Workspace workspace;
  private final String model;

  RegisteredModel(Azure azure, Workspace workspace, String model) {
    this.azure = azure;
    this.workspace = workspace;
    this.model = model;
  }

  /** The newest version that names the job, or a child of it, as where it came from. */
  Optional<ObjectNode> by(String job) {
    Set<String> runs = new HashSet<>();
    runs.add(job);
    new Runs(azure, workspace).children(job).forEach(child -> runs.add(child.id()));
    return workspace.versions("models", model).stream()
        .filter(version -> comesFrom(version, runs))
        .findFirst();
  }

  private static boolean comesFrom(ObjectNode version, Set<String> runs) {
    String from = version.path("properties").path("jobName").asText();
    String uri = version.path("properties").path("modelUri").asText();
    return runs.contains(from)
        || runs.stream()
            .anyMatch(run -> uri.contains("/" + run + "/") || uri.contains("." + run + "/"));
  }
}
