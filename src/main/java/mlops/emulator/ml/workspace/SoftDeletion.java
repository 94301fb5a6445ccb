package mlops.emulator.ml.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.Pages;

/**
 * Workspaces that were deleted, and keep their names for a fortnight. Microsoft's documents have no
 * list of them: it is here as those of key vaults are, under the address that scripts ask.
 */
final class SoftDeletion {
  private static final String COLLECTION = "/deletedworkspaces";
  private static final String LIST =
      "/subscriptions/{subscription}/providers/Microsoft.MachineLearningServices/deletedWorkspaces";
  private static final String TYPE = "Microsoft.MachineLearningServices/deletedWorkspaces";
  private static final String DELETED = "deletionDate";
  private static final int DAYS = 14;

  private final MlResources resources;

  SoftDeletion(MlResources resources) {
    this.resources = resources;
  }

  Route route() {
    return Route.arm(
        "GET", LIST, "Microsoft.MachineLearningServices/deletedWorkspaces/read", this::list);
  }

  /** Puts a workspace away; inside {@code exclusively}. */
  void keep(String id) {
    resources.state().move(id, grave(id));
    ObjectNode deleted = resources.arm().find(grave(id));
    deleted.put(DELETED, resources.now().toString());
    resources.state().write(grave(id), deleted);
  }

  /** A deleted workspace of this name is brought back, or stands in the way. */
  void recover(String id, JsonNode properties) {
    if (!resources.state().exists(grave(id)) || resources.state().exists(id)) {
      return;
    }
    if (!properties.path("allowRecoverSoftDeletedWorkspace").asText().equalsIgnoreCase("true")) {
      throw ApiException.badRequest(
          "BadRequest",
          "Soft-deleted workspace exists. Please purge or recover it. https://aka.ms/wsoftdelete");
    }
    resources.state().move(grave(id), id);
  }

  private Response list(Request request) {
    String groups = "/subscriptions/%s/resourceGroups".formatted(request.parameter("subscription"));
    return Pages.of(
        request,
        resources.state().list(groups).stream()
            .flatMap(g -> resources.state().list(g.path("id").asText() + COLLECTION).stream())
            .map(SoftDeletion::shown)
            .toList());
  }

  private static ObjectNode shown(ObjectNode workspace) {
    ObjectNode deleted = ArmResources.envelope(workspace.path("id").asText(), TYPE);
    deleted.set("location", workspace.path("location"));
    ObjectNode properties = deleted.putObject("properties");
    Optional.of(workspace.path(DELETED).asText())
        .filter(date -> !date.isEmpty())
        .map(Instant::parse)
        .ifPresent(
            date ->
                properties
                    .put(DELETED, date.toString())
                    .put("scheduledPurgeDate", date.plus(DAYS, ChronoUnit.DAYS).toString()));
    return deleted;
  }

  /** Where a workspace waits: beside its group, so that the group's end is its own. */
  static String grave(String id) {
    String[] parts = id.split("/");
    return String.join("/", List.of(parts).subList(0, 5)) + COLLECTION + "/" + MlPaths.name(id);
  }
}
