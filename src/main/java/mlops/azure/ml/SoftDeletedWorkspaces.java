package mlops.azure.ml;

import com.azure.core.exception.HttpResponseException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import mlops.azure.Azure;
import mlops.azure.Lazy;
import mlops.azure.Lookup;

/**
 * Workspaces that were deleted, for as long as they keep their names. Azure's documents have no
 * list of them; Resource Manager has one for some subscriptions, under the name that those of key
 * vaults have. Where it does not answer, only making a workspace of the name tells.
 */
public final class SoftDeletedWorkspaces {
  private static final Set<Integer> NOT_TOLD = Set.of(400, 403, 404);

  private final Azure azure;
  private final Lazy<List<ObjectNode>> all;

  /** Those of a subscription, asked for once. */
  public SoftDeletedWorkspaces(Azure azure) {
    this.azure = azure;
    this.all = new Lazy<>(this::list);
  }

  /** The deleted one with the ARM id of a workspace; empty where there is none, or none is told. */
  public Optional<ObjectNode> find(String workspaceId) {
    String wanted = place(workspaceId);
    return all.get().stream()
        .filter(deleted -> place(deleted.path("id").asText()).equals(wanted))
        .findFirst();
  }

  /** Deletes a workspace, alive or deleted before, for good, and waits until it is. */
  public static void purge(Azure azure, String workspaceId) {
    azure.arm().delete(workspaceId + "?forceToPurge=true", Workspace.API_VERSION);
  }

  private List<ObjectNode> list() {
    String collection =
        "%s/providers/%s/deletedWorkspaces"
            .formatted(azure.subscriptionId(), ArmIds.MACHINE_LEARNING);
    try {
      return azure.arm().list(collection, Workspace.API_VERSION, "");
    } catch (HttpResponseException e) {
      if (NOT_TOLD.contains(Lookup.status(e))) {
        return List.of();
      }
      throw e;
    }
  }

  /** Its group and its name, whatever its type is called. */
  private static String place(String id) {
    String[] parts = id.toLowerCase(Locale.ROOT).split("/", -1);
    return parts.length > 4 ? parts[4] + "/" + parts[parts.length - 1] : id;
  }
}
