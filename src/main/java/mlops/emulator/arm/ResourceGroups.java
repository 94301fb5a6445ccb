package mlops.emulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.arm.resource.Regions;
import mlops.emulator.arm.resource.ResourceFilter;
import mlops.emulator.arm.resource.ResourceInventory;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.state.StateTree;

/** Microsoft.Resources/resourceGroups. Deleting one deletes all that is in it. */
final class ResourceGroups {
  private static final String COLLECTION = "/subscriptions/{subscription}/resourceGroups";
  private static final String PATH = COLLECTION + "/{group}";
  private static final String TYPE = "Microsoft.Resources/resourceGroups";
  private static final String ACTION = "Microsoft.Resources/subscriptions/resourceGroups/";

  /** Letters and digits of any script, as Azure's naming rules say. */
  private static final Pattern NAME =
      Pattern.compile("[-\\p{L}\\p{Nd}._()]{0,89}[-\\p{L}\\p{Nd}_()]");

  private final StateTree state;
  private final ResourceInventory inventory;
  private final ResourceGroupCleanup cleanup;

  ResourceGroups(StateTree state, ResourceInventory inventory, ResourceGroupCleanup cleanup) {
    this.state = state;
    this.inventory = inventory;
    this.cleanup = cleanup;
  }

  List<Route> routes() {
    return List.of(
        Route.arm("PUT", PATH, ACTION + "write", this::createOrUpdate),
        Route.arm("PATCH", PATH, ACTION + "write", this::update),
        Route.arm("GET", PATH, ACTION + "read", r -> Response.json(200, find(r))),
        Route.arm("HEAD", PATH, ACTION + "read", this::checkExistence),
        Route.arm("DELETE", PATH, ACTION + "delete", this::delete),
        Route.arm("GET", COLLECTION, ACTION + "read", this::list));
  }

  private Response createOrUpdate(Request request) {
    String name = request.parameter("group");
    if (!NAME.matcher(name).matches()) {
      throw ApiException.badRequest(
          "InvalidResourceGroup",
          "The provided resource group name '%s' is not valid. It has 1 to 90 letters, digits, '-', '.', '(', ')' or '_' and does not end with '.'."
              .formatted(name));
    }
    ObjectNode body = request.json();
    String location = Regions.of(body, TYPE);
    return state.exclusively(
        () -> {
          Optional<ObjectNode> existing = state.read(request.id());
          existing.ifPresent(e -> requireSameLocation(e, location));
          ObjectNode group = ArmResources.envelope(request.id(), TYPE);
          group.put("location", location);
          group.set("tags", existing.map(e -> e.path("tags")).orElseGet(Json::object));
          copy(body, group);
          state.write(request.id(), group);
          return Response.json(existing.isEmpty() ? 201 : 200, group);
        });
  }

  private static void requireSameLocation(ObjectNode group, String location) {
    String actual = group.path("location").asText();
    if (!actual.equals(location)) {
      throw new ApiException(
          409,
          "InvalidResourceGroupLocation",
          "Invalid resource group location '%s'. The Resource group already exists in location '%s'."
              .formatted(location, actual));
    }
  }

  private static void copy(ObjectNode body, ObjectNode group) {
    for (String field : List.of("tags", "managedBy")) {
      if (body.hasNonNull(field)) {
        group.set(field, body.get(field));
      }
    }
    group.putObject("properties").put("provisioningState", "Succeeded");
  }

  private Response update(Request request) {
    ObjectNode body = request.json();
    return state.exclusively(
        () -> {
          ObjectNode group = find(request);
          copy(body, group);
          state.write(request.id(), group);
          return Response.json(200, group);
        });
  }

  private Response checkExistence(Request request) {
    return Response.empty(state.exists(request.id()) ? 204 : 404);
  }

  private Response delete(Request request) {
    return state.exclusively(
        () -> {
          find(request);
          List<ObjectNode> all = inventory.inGroup(request.id());
          all.forEach(cleanup::before);
          state.delete(request.id());
          all.forEach(cleanup::after);
          return Response.empty(200);
        });
  }

  private Response list(Request request) {
    Optional<ResourceFilter> filter = ResourceFilter.of(request);
    return ArmResources.page(
        request,
        state.list(request.id()).stream()
            .filter(g -> filter.isEmpty() || filter.get().passes(g))
            .toList());
  }

  private ObjectNode find(Request request) {
    return state
        .read(request.id())
        .orElseThrow(
            () ->
                ApiException.notFound(
                        "ResourceGroupNotFound",
                        "Resource group '%s' could not be found."
                            .formatted(request.parameter("group")))
                    .with("x-ms-failure-cause", "gateway"));
  }
}
