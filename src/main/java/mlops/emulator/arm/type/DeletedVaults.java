package mlops.emulator.arm.type;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;

/** Microsoft.KeyVault/deletedVaults: key vaults that were deleted and not purged yet. */
public final class DeletedVaults {
  private static final String PROVIDER =
      "/subscriptions/{subscription}/providers/Microsoft.KeyVault";
  private static final String ONE = PROVIDER + "/locations/{location}/deletedVaults/{name}";

  private final ArmResources resources;
  private final SoftDeletedVaults vaults;

  public DeletedVaults(ArmResources resources, SoftDeletedVaults vaults) {
    this.resources = resources;
    this.vaults = vaults;
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
            PROVIDER + "/locations/{location}/operationResults/{name}",
            "Microsoft.KeyVault/locations/operationResults/read",
            this::purged),
        Route.arm(
            "GET",
            PROVIDER + "/deletedVaults",
            "Microsoft.KeyVault/deletedVaults/read",
            r -> ArmResources.page(vaults.in(r.parameter("subscription")))));
  }

  private Response get(Request request) {
    return Response.json(200, find(request, request.id()));
  }

  private Response purge(Request request) {
    String id = ArmResources.parent(request.id());
    return resources
        .state()
        .exclusively(
            () -> {
              vaults.purge(find(request, id));
              String operation = id.replace("/deletedVaults/", "/operationResults/");
              String version = request.queryValue("api-version").orElse("");
              return Response.empty(202)
                  .with(
                      "Location",
                      "https://%s%s?api-version=%s".formatted(Route.ARM, operation, version))
                  .with("Retry-After", "1")
                  .with("x-ms-retry-after-ms", "1");
            });
  }

  /** How the purge of a vault ended: the operation bears the name of the vault. */
  private Response purged(Request request) {
    String vault = request.id().replace("/operationResults/", "/deletedVaults/");
    return Response.empty(resources.state().exists(vault) ? 202 : 200);
  }

  private ObjectNode find(Request request, String id) {
    return vaults
        .find(id)
        .orElseThrow(
            () ->
                ApiException.notFound(
                    "DeletedVaultNotFound",
                    "The deleted vault '%s' was not found.".formatted(request.parameter("name"))));
  }
}
