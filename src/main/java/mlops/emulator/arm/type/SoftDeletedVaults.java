package mlops.emulator.arm.type;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.arm.resource.GlobalNames;
import mlops.emulator.arm.resource.Regions;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;

/**
 * Key vaults that were deleted, for as long as they can be recovered. What is in a vault stays
 * where it is, under the name of the vault, and goes when it is purged.
 */
public final class SoftDeletedVaults {
  private static final String TYPE = "Microsoft.KeyVault/deletedVaults";

  private final ArmResources resources;
  private final GlobalNames names;

  SoftDeletedVaults(ArmResources resources) {
    this.resources = resources;
    this.names = new GlobalNames(resources.state(), "deletedvaults");
  }

  /** Moves a vault to the deleted ones; inside {@code exclusively}. */
  public void add(ObjectNode vault) {
    String id = vault.path("id").asText();
    String name = vault.path("name").asText();
    String location = vault.path("location").asText();
    Instant now = resources.clock().instant();
    int days = vault.at("/properties/softDeleteRetentionInDays").asInt();
    String deletedId =
        id.substring(0, id.indexOf("/resourceGroups/"))
            + "/providers/Microsoft.KeyVault/locations/%s/deletedVaults/%s"
                .formatted(location, name);
    ObjectNode deleted = ArmResources.envelope(deletedId, TYPE);
    ObjectNode properties = deleted.putObject("properties");
    properties.put("vaultId", id).put("location", location);
    properties.put("deletionDate", now.toString());
    properties.put("scheduledPurgeDate", now.plus(days, ChronoUnit.DAYS).toString());
    properties.set("tags", vault.path("tags").isObject() ? vault.get("tags") : Json.object());
    if (vault.at("/properties/enablePurgeProtection").asBoolean()) {
      properties.put("purgeProtectionEnabled", true);
    }
    resources.state().write(deletedId + "/was", vault);
    resources.state().write(deletedId, deleted);
    names.claim(name, deletedId, () -> KeyVaults.taken(name));
    resources.state().delete(id);
  }

  /** The deleted vault of a name. */
  Optional<ObjectNode> named(String name) {
    return names.find(name).flatMap(this::find);
  }

  /** By its id; one whose retention is over is gone. */
  Optional<ObjectNode> find(String id) {
    return resources.state().read(id).filter(this::isKept);
  }

  List<ObjectNode> in(String subscription) {
    String locations =
        "/subscriptions/%s/providers/Microsoft.KeyVault/locations/".formatted(subscription);
    return Regions.names().stream()
        .flatMap(region -> resources.state().list(locations + region + "/deletedVaults").stream())
        .filter(this::isKept)
        .toList();
  }

  private boolean isKept(ObjectNode deleted) {
    Instant purge = Instant.parse(deleted.at("/properties/scheduledPurgeDate").asText());
    boolean kept = resources.clock().instant().isBefore(purge);
    if (!kept) {
      resources.state().exclusively(() -> remove(deleted));
    }
    return kept;
  }

  /** Takes a deleted vault back; inside {@code exclusively}. */
  ObjectNode recover(ObjectNode deleted) {
    String id = deleted.path("id").asText();
    ObjectNode vault = resources.find(id + "/was");
    resources.requireGroup(vault.path("id").asText());
    resources.state().write(vault.path("id").asText(), vault);
    resources.state().delete(id);
    return vault;
  }

  /**
   * Deletes a vault for good; inside {@code exclusively}.
   *
   * @throws ApiException 405 where it is protected against that
   */
  void purge(ObjectNode deleted) {
    if (deleted.at("/properties/purgeProtectionEnabled").asBoolean()) {
      throw new ApiException(
          405, "MethodNotAllowed", "Operation 'DeletedVaultPurge' is not allowed.");
    }
    remove(deleted);
  }

  /** The content first: a vault that takes the name afterwards must not find it. */
  private boolean remove(ObjectNode deleted) {
    String id = deleted.path("id").asText();
    if (resources.state().exists(id)) {
      resources.state().delete(KeyVaults.content(deleted.path("name").asText()));
      resources.state().delete(id);
    }
    return true;
  }
}
