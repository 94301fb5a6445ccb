package mlops.emulator.arm.type;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.arm.resource.TrackedType;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;

/**
 * Microsoft.OperationalInsights/deletedWorkspaces: Log Analytics workspaces that can be had back
 * for 14 days, by making them again under the same id.
 */
final class DeletedLogWorkspaces {
  private static final TrackedType TYPE =
      new TrackedType("Microsoft.OperationalInsights/deletedWorkspaces");
  private static final Duration KEPT = Duration.ofDays(14);

  private final ArmResources resources;

  DeletedLogWorkspaces(ArmResources resources) {
    this.resources = resources;
  }

  List<Route> routes() {
    return List.of(
        Route.arm("GET", TYPE.inSubscription(), TYPE.read(), this::list),
        Route.arm("GET", TYPE.inGroup(), TYPE.read(), this::listInGroup));
  }

  private Response list(Request request) {
    return ArmResources.page(all(request.id()).toList());
  }

  private Response listInGroup(Request request) {
    resources.requireGroup(request.id());
    String group = ArmResources.parent(request.id());
    return ArmResources.page(
        all(collection(request.id()))
            .filter(w -> w.path("id").asText().regionMatches(true, 0, group, 0, group.length()))
            .toList());
  }

  /** Keeps a workspace that is about to be deleted. */
  void keep(ObjectNode workspace) {
    ObjectNode kept = workspace.deepCopy();
    kept.withObject("/properties").put("modifiedDate", resources.clock().instant().toString());
    resources.state().write(place(kept), kept);
  }

  /** The workspace that was deleted under an id. */
  Optional<ObjectNode> find(String id) {
    return all(collection(id)).filter(w -> w.path("id").asText().equalsIgnoreCase(id)).findFirst();
  }

  /** Forgets what was deleted under an id, because it is back. */
  void forget(String id) {
    find(id).ifPresent(workspace -> resources.state().delete(place(workspace)));
  }

  private Stream<ObjectNode> all(String collection) {
    Instant oldest = resources.clock().instant().minus(KEPT);
    return resources.state().list(collection).stream()
        .filter(w -> Instant.parse(w.at("/properties/modifiedDate").asText()).isAfter(oldest));
  }

  /** They lie below the subscription, as a resource group takes with it what lies below it. */
  private static String collection(String id) {
    return TYPE.inSubscription().replace("{subscription}", id.split("/")[2]);
  }

  private static String place(ObjectNode workspace) {
    return collection(workspace.path("id").asText())
        + "/"
        + workspace.at("/properties/customerId").asText();
  }
}
