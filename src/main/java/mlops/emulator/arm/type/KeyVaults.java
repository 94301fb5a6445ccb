package mlops.emulator.arm.type;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.arm.resource.GlobalNames;
import mlops.emulator.arm.resource.TrackedResources;
import mlops.emulator.arm.resource.TrackedType;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.state.StateTree;

/** Microsoft.KeyVault/vaults. A deleted vault can be recovered until it is purged. */
public final class KeyVaults {
  private static final TrackedType TYPE = new TrackedType("Microsoft.KeyVault/vaults");
  private static final Pattern NAME =
      Pattern.compile("(?!.*--)[a-zA-Z][a-zA-Z0-9-]{1,22}[a-zA-Z0-9]");

  private final ArmResources resources;
  private final TrackedResources vaults;
  private final GlobalNames names;
  private final SoftDeletedVaults deleted;

  public KeyVaults(ArmResources resources) {
    this.resources = resources;
    this.vaults = new TrackedResources(resources, TYPE);
    this.names = names(resources.state());
    this.deleted = new SoftDeletedVaults(resources);
  }

  /** The names of all vaults. */
  public static GlobalNames names(StateTree state) {
    return new GlobalNames(state, "vaults");
  }

  public List<Route> routes() {
    List<Route> routes = new ArrayList<>(vaults.readRoutes());
    routes.add(Route.arm("PUT", TYPE.path(), TYPE.write(), this::createOrUpdate));
    routes.add(Route.arm("PATCH", TYPE.path(), TYPE.write(), this::update));
    routes.add(
        Route.arm("DELETE", TYPE.path(), TYPE.delete(), r -> vaults.delete(r, deleted::add)));
    routes.add(
        Route.arm(
            "POST",
            "/subscriptions/{subscription}/providers/Microsoft.KeyVault/checkNameAvailability",
            "Microsoft.KeyVault/checkNameAvailability/read",
            this::checkNameAvailability));
    return routes;
  }

  private Response createOrUpdate(Request request) {
    String name = request.parameter("name");
    requireName(name);
    return resources
        .state()
        .exclusively(
            () -> {
              resources.requireGroup(request.id());
              Optional<ObjectNode> existing = resources.state().read(request.id());
              ObjectNode vault = vaults.requested(request, existing);
              String mode = vault.withObject("/properties").path("createMode").asText();
              vault.withObject("/properties").remove("createMode");
              names.claim(name, request.id(), () -> taken(name));
              if (existing.isEmpty()) {
                Optional<ObjectNode> before = deleted.named(name);
                if (before.isPresent() && mode.equalsIgnoreCase("recover")) {
                  return Response.json(200, deleted.recover(before.get()));
                }
                requireNotDeleted(before, mode, name);
              }
              VaultProperties.complete(vault, existing);
              vaults.write(vault);
              return Response.json(200, vault);
            });
  }

  private Response update(Request request) {
    ObjectNode body = request.json();
    return vaults.update(
        request,
        vault -> {
          ObjectNode before = vault.deepCopy();
          TrackedResources.patch(vault, body);
          vault.withObject("/properties").remove("createMode");
          VaultProperties.complete(vault, Optional.of(before));
        });
  }

  private static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw ApiException.badRequest(
          "VaultNameNotValid",
          "The vault name '%s' is invalid. A vault's name must be between 3-24 alphanumeric characters. The name must begin with a letter, end with a letter or digit, and not contain consecutive hyphens. Follow this link for more information: https://go.microsoft.com/fwlink/?linkid=2147742"
              .formatted(name));
    }
  }

  static ApiException taken(String name) {
    return new ApiException(
        409,
        "VaultAlreadyExists",
        "The vault name '%s' is already in use. Vault names are globally unique so it is possible that the name is already taken. If you are sure that the vault name was not taken then it is possible that a vault with the same name was recently deleted but not purged after being placed in a recoverable state. If the vault is in a recoverable state then the vault will need to be purged before reusing the name. For more information about VaultAlreadyExists, soft delete and purging a vault follow this link https://go.microsoft.com/fwlink/?linkid=2147740."
            .formatted(name));
  }

  private static void requireNotDeleted(Optional<ObjectNode> deleted, String mode, String name) {
    if (deleted.isPresent()) {
      throw new ApiException(
          409,
          "ConflictError",
          "A vault with the same name already exists in deleted state. You need to either recover"
              + " or purge existing key vault. Follow this link"
              + " https://go.microsoft.com/fwlink/?linkid=2149745 for more information on soft"
              + " delete.");
    }
    if (mode.equalsIgnoreCase("recover")) {
      throw ApiException.badRequest(
          "VaultNotFound", "There is no deleted vault '%s' to recover.".formatted(name));
    }
  }

  /** Those that were deleted. */
  public SoftDeletedVaults deleted() {
    return deleted;
  }

  /** What a vault holds, whatever happens to its resource: {@code /secrets} are below it. */
  public static String content(String name) {
    return "/keyvaults/" + name.toLowerCase(Locale.ROOT);
  }

  /** The vault of a name. */
  public Optional<ObjectNode> find(String name) {
    return names.find(name).flatMap(resources.state()::read);
  }

  private Response checkNameAvailability(Request request) {
    String name = request.json().path("name").asText();
    ObjectNode answer = Json.object();
    boolean valid = NAME.matcher(name).matches();
    boolean free = valid && names.find(name).isEmpty() && deleted.named(name).isEmpty();
    answer.put("nameAvailable", free);
    if (!free) {
      answer.put("reason", valid ? "AlreadyExists" : "AccountNameInvalid");
      answer.put(
          "message",
          valid
              ? "The vault name '%s' is already in use.".formatted(name)
              : "The vault name '%s' is invalid.".formatted(name));
    }
    return Response.json(200, answer);
  }
}
