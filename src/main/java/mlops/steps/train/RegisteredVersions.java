package mlops.steps.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import mlops.azure.Azure;
import mlops.azure.ml.RunClient;
import mlops.azure.ml.Workspace;
import mlops.steps.Lineage;
import mlops.steps.Manifest;

/** Finds the versions of a model that jobs registered. */
final class RegisteredVersions {
  private final Azure azure;
  private final Workspace workspace;
  private final String model;

  RegisteredVersions(Azure azure, Workspace workspace, String model) {
    this.azure = azure;
    this.workspace = workspace;
    this.model = model;
  }

  /** The name of the model. */
  String model() {
    return model;
  }

  /** The newest version, archived or not, that names the job or a child of it as its origin. */
  Optional<ObjectNode> by(String job) {
    Set<String> runs = new HashSet<>();
    runs.add(job);
    new RunClient(azure, workspace).children(job).forEach(child -> runs.add(child.id()));
    return from(runs);
  }

  /** The same of earlier runs whose results children of the job have reused. */
  Optional<ObjectNode> reusedBy(String job) {
    Set<String> runs = new HashSet<>();
    new RunClient(azure, workspace)
        .children(job).stream().forEach(child -> child.reusedFrom().ifPresent(runs::add));
    return from(runs);
  }

  private Optional<ObjectNode> from(Set<String> runs) {
    return workspace.allVersions("models", model).stream()
        .filter(version -> comesFrom(version, runs))
        .findFirst();
  }

  /**
   * The newest other version that was trained from the same content and has the same files.
   *
   * @param files the manifest of the files that a version has now, which somebody may have changed
   */
  Optional<String> twin(Lineage lineage, Function<ObjectNode, Manifest> files) {
    return workspace.versions("models", model).stream()
        .filter(version -> !version.path("name").asText().equals(lineage.trained().version()))
        .filter(version -> isTwin(lineage, Lineage.of(version)))
        .filter(version -> files.apply(version).equals(lineage.manifest()))
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
