package mlops.steps.destroy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mlops.azure.Azure;
import mlops.azure.ml.SoftDeletedVault;
import mlops.azure.ml.SoftDeletedWorkspaces;
import mlops.azure.ml.Workspace;
import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/**
 * A workspace is gone; for good where it is purged, since a deleted one keeps its name and the
 * suffix with it.
 */
final class DeleteWorkspaceStep implements Step {
  private final Azure azure;
  private final String word;
  private final Workspace workspace;
  private final boolean purge;
  private final List<String> endpoints;

  /**
   * @param word what it is to the user: a workspace, or a feature store
   * @param endpoints those that the profile names: further ones are told
   */
  DeleteWorkspaceStep(
      Azure azure, String word, Workspace workspace, boolean purge, List<String> endpoints) {
    this.word = word;
    this.azure = azure;
    this.workspace = workspace;
    this.purge = purge;
    this.endpoints = endpoints;
  }

  @Override
  public String describe() {
    return word + " " + workspace.name();
  }

  @Override
  public Change check() {
    if (azure.arm().find(workspace.id(), Workspace.API_VERSION).isPresent()) {
      return Change.delete(content() + (purge ? ", for good" : "; it can be recovered"));
    }
    Optional<ObjectNode> deleted = new SoftDeletedWorkspaces(azure).find(workspace.id());
    if (deleted.isEmpty()) {
      return Change.none("is not there");
    }
    return purge
        ? Change.delete("for good: it " + SoftDeletedVault.words(deleted.get()))
        : Change.none(SoftDeletedVault.words(deleted.get()));
  }

  /** What goes with it. */
  private String content() {
    List<String> parts = new ArrayList<>();
    count(parts, workspace.list("models", "").size(), "model");
    count(parts, workspace.list("jobs", "").size(), "job");
    List<String> others =
        workspace.list("batchEndpoints", "").stream()
            .map(endpoint -> endpoint.path("name").asText())
            .filter(name -> !endpoints.contains(name))
            .toList();
    if (!others.isEmpty()) {
      parts.add("and, beside the profile, endpoint " + String.join(", ", others));
    }
    return parts.isEmpty() ? "without models and jobs" : "with " + String.join(", ", parts);
  }

  private static void count(List<String> parts, int count, String word) {
    if (count > 0) {
      parts.add("%d %s%s".formatted(count, word, count == 1 ? "" : "s"));
    }
  }

  @Override
  public void apply(StepMessages messages) {
    if (purge) {
      SoftDeletedWorkspaces.purge(azure, workspace.id());
    } else {
      azure.arm().delete(workspace.id(), Workspace.API_VERSION);
    }
  }
}
