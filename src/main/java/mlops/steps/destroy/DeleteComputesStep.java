package mlops.steps.destroy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import mlops.azure.Azure;
import mlops.azure.Lookup;
import mlops.azure.ml.Workspace;
import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/**
 * A workspace has no computes: clusters are deleted, and what is only attached, such as a pool of
 * Synapse, is let go.
 */
final class DeleteComputesStep implements Step {
  private static final Set<String> OWNED = Set.of("AmlCompute", "ComputeInstance");

  private final Azure azure;
  private final Workspace workspace;

  DeleteComputesStep(Azure azure, Workspace workspace) {
    this.azure = azure;
    this.workspace = workspace;
  }

  @Override
  public String describe() {
    return "computes of " + workspace.name();
  }

  @Override
  public Change check() {
    List<ObjectNode> there = computes();
    return there.isEmpty()
        ? Change.none("none")
        : Change.delete(
            there.stream()
                .map(c -> c.path("name").asText() + (isOwned(c) ? "" : " (only detached)"))
                .collect(Collectors.joining(", ")));
  }

  private List<ObjectNode> computes() {
    return Lookup.find(() -> workspace.list("computes", "")).orElseGet(List::of);
  }

  private static boolean isOwned(ObjectNode compute) {
    return OWNED.contains(compute.at("/properties/computeType").asText());
  }

  @Override
  public void apply(StepMessages messages) {
    for (ObjectNode compute : computes()) {
      String action = isOwned(compute) ? "Delete" : "Detach";
      String id = workspace.id() + "/computes/" + compute.path("name").asText();
      azure.arm().delete(id + "?underlyingResourceAction=" + action, Workspace.API_VERSION);
    }
  }
}
