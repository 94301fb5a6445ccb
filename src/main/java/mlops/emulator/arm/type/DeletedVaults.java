package mlops.emulator.arm.type;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.arm.resource.Regions;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.state.StateTree;

/** Microsoft.KeyVault/deletedVaults: key vaults that were deleted and not purged yet. */
public final class DeletedVaults {
  private static final String PROVIDER =
      "/subscriptions/{subscription}/providers/Microsoft.KeyVault";
  private static final String ONE = PROVIDER + "/locations/{location}/deletedVaults/{name}";

  private final StateTree state;

  public DeletedVaults(StateTree state) {
    this.state = state;
  }

  public List<Route> routes() {
    return List.of(
        Route.arm("GET", ONE, "Microsoft.KeyVault/locations/deletedVaults/read", this::get),
        Route.arm(
            "POST",
            ONE + "/purge",
            "Microsoft.KeyVault/locations/deletedVaults/purge/action",
            this::purge),
        Route.arm(
            "GET",
            PROVIDER + "/deletedVaults",
            "Microsoft.KeyVault/deletedVaults/read",
            this::list));
  }

  private Response get(Request request) {
    return Response.json(200, find(request, request.id()));
  }

  private Response purge(Request request) {
    String id = ArmResources.parent(request.id());
    return state.exclusively(
        () -> {
          find(request, id);
          state.delete(id);
          return Response.empty(200);
        });
  }

  private ObjectNode find(Request request, String id) {
    return state
        .read(id)
        .orElseThrow(
            () ->
                ApiException.notFound(
                    "DeletedVaultNotFound",
                    "The deleted vault '%s' was not found.".formatted(request.parameter("name"))));
  }

  private Response list(Request request) {
    String locations =
        "/subscriptions/%s/providers/Microsoft.KeyVault/locations/"
            .formatted(request.parameter("subscription"));
    return ArmResources.page(
        Regions.names().stream()
            .flatMap(location -> state.list(locations + location + "/deletedVaults").stream())
            .toList());
  }
}
