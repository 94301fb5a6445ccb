package mlops.emulator.arm.type;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
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

/** Microsoft.KeyVault/vaults. A deleted vault can be recovered until it is purged. */
public final class KeyVaults {
  private static final TrackedType TYPE = new TrackedType("Microsoft.KeyVault/vaults");
  private static final int RETENTION_DAYS = 90;
  private static final Pattern NAME =
      Pattern.compile("(?!.*--)[a-zA-Z][a-zA-Z0-9-]{1,22}[a-zA-Z0-9]");

  private final ArmResources resources;
  private final TrackedResources vaults;
  private final GlobalNames names;
  private final GlobalNames deletedNames;

  public KeyVaults(ArmResources resources) {
    this.resources = resources;
    this.vaults = new TrackedResources(resources, TYPE);
    this.names = new GlobalNames(resources.state(), "vaults");
    this.deletedNames = new GlobalNames(resources.state(), "deletedvaults");
  }

  public List<Route> routes() {
    List<Route> routes = new ArrayList<>(vaults.readRoutes());
    routes.add(Route.arm("PUT", TYPE.path(), TYPE.write(), this::createOrUpdate));
    routes.add(Route.arm("PATCH", TYPE.path(), TYPE.write(), r -> vaults.update(r, r.json())));
    routes.add(
        Route.arm("DELETE", TYPE.path(), TYPE.delete(), r -> vaults.delete(r, this::softDelete)));
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
                Optional<ObjectNode> deleted = deleted(name);
                if (deleted.isPresent() && mode.equalsIgnoreCase("recover")) {
                  return recover(deleted.get());
                }
                requireNotDeleted(deleted, mode, name);
              }
              requireProperties(vault.withObject("/properties"));
              fill(vault);
              vaults.write(vault);
              return Response.json(200, vault);
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

  private static ApiException taken(String name) {
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

  private static void requireProperties(ObjectNode properties) {
    for (String field : List.of("tenantId", "sku")) {
      if (!properties.hasNonNull(field)) {
        throw ApiException.badRequest(
            "BadRequest", "The parameter %s is not specified.".formatted(field));
      }
    }
    boolean roles = properties.path("enableRbacAuthorization").asBoolean();
    if (!roles && !properties.path("accessPolicies").isArray()) {
      throw ApiException.badRequest("BadRequest", "The parameter accessPolicies is not specified.");
    }
  }

  private static void fill(ObjectNode vault) {
    ObjectNode properties = vault.withObject("/properties");
    if (!properties.hasNonNull("accessPolicies")) {
      properties.putArray("accessPolicies");
    }
    for (String off : List.of("enabledForDeployment", "enableRbacAuthorization")) {
      if (!properties.hasNonNull(off)) {
        properties.put(off, false);
      }
    }
    if (!properties.hasNonNull("softDeleteRetentionInDays")) {
      properties.put("softDeleteRetentionInDays", RETENTION_DAYS);
    }
    if (!properties.hasNonNull("publicNetworkAccess")) {
      properties.put("publicNetworkAccess", "Enabled");
    }
    properties.put("enableSoftDelete", true);
    properties.put("vaultUri", "https://" + vault.path("name").asText() + ".vault.azure.net/");
    properties.put("provisioningState", "Succeeded");
  }

  /** Moves a vault to the deleted ones; inside {@code exclusively}. */
  public void softDelete(ObjectNode vault) {
    String id = vault.path("id").asText();
    String name = vault.path("name").asText();
    String location = vault.path("location").asText();
    Instant now = resources.clock().instant();
    int days = vault.at("/properties/softDeleteRetentionInDays").asInt(RETENTION_DAYS);
    String deletedId =
        id.substring(0, id.indexOf("/resourceGroups/"))
            + "/providers/Microsoft.KeyVault/locations/%s/deletedVaults/%s"
                .formatted(location, name);
    ObjectNode deleted = ArmResources.envelope(deletedId, "Microsoft.KeyVault/deletedVaults");
    ObjectNode properties = deleted.putObject("properties");
    properties.put("vaultId", id).put("location", location);
    properties.put("deletionDate", now.toString());
    properties.put("scheduledPurgeDate", now.plus(days, ChronoUnit.DAYS).toString());
    properties.set("tags", vault.path("tags").isObject() ? vault.get("tags") : Json.object());
    resources.state().write(deletedId + "/was", vault);
    resources.state().write(deletedId, deleted);
    deletedNames.claim(name, deletedId, () -> taken(name));
    resources.state().delete(id);
  }

  /** The deleted vault of a name. */
  private Optional<ObjectNode> deleted(String name) {
    return deletedNames.find(name).flatMap(resources.state()::read);
  }

  private Response recover(ObjectNode deleted) {
    String deletedId = deleted.path("id").asText();
    ObjectNode vault = resources.find(deletedId + "/was");
    resources.requireGroup(vault.path("id").asText());
    vaults.write(vault);
    resources.state().delete(deletedId);
    return Response.json(200, vault);
  }

  private Response checkNameAvailability(Request request) {
    String name = request.json().path("name").asText();
    ObjectNode answer = Json.object();
    boolean valid = NAME.matcher(name).matches();
    boolean free = valid && names.find(name).isEmpty() && deleted(name).isEmpty();
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
