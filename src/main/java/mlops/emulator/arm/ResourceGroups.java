package mlops.emulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.state.StateTree;

/** Microsoft.Resources/resourceGroups. Deleting one deletes all that is in it. */
final class ResourceGroups {
  private static final String COLLECTION = "/subscriptions/{subscription}/resourceGroups";
  private static final String PATH = COLLECTION + "/{group}";
  private static final String ACTION = "Microsoft.Resources/subscriptions/resourceGroups/";

  private final StateTree state;

  ResourceGroups(StateTree state) {
    this.state = state;
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
    ObjectNode body = request.json();
    if (body.path("location").asText().isEmpty()) {
      throw ApiException.badRequest(
          "LocationRequired", "The location property is required for this definition.");
    }
    return state.exclusively(
        () -> {
          boolean isNew = !state.exists(request.id());
          ObjectNode group =
              ArmResources.envelope(request.id(), "Microsoft.Resources/resourceGroups");
          group.setAll(body);
          group.putObject("properties").put("provisioningState", "Succeeded");
          state.write(request.id(), group);
          return Response.json(isNew ? 201 : 200, group);
        });
  }

  private Response update(Request request) {
    ObjectNode body = request.json();
    return state.exclusively(
        () -> {
          ObjectNode group = find(request);
          if (body.has("tags")) {
            group.set("tags", body.get("tags"));
          }
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
          state.delete(request.id());
          return Response.empty(200);
        });
  }

  private Response list(Request request) {
    return ArmResources.page(state.list(request.id()));
  }

  private ObjectNode find(Request request) {
    return state
        .read(request.id())
        .orElseThrow(
            () ->
                ApiException.notFound(
                    "ResourceGroupNotFound",
                    "Resource group '%s' could not be found."
                        .formatted(request.parameter("group"))));
  }
}
