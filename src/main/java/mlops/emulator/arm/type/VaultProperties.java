package mlops.emulator.arm.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;

/** What a vault may ask for, and what it has where it asks for nothing. */
final class VaultProperties {
  private static final int LONGEST_RETENTION = 90;
  private static final int SHORTEST_RETENTION = 7;

  /**
   * Checks and completes a vault that is about to be written.
   *
   * @param existing the vault as it is
   * @throws ApiException 400 BadRequest
   */
  static void complete(ObjectNode vault, Optional<ObjectNode> existing) {
    ObjectNode properties = vault.withObject("/properties");
    JsonNode before = existing.map(e -> e.path("properties")).orElseGet(Json::object);
    require(properties);
    protect(properties, before);
    retain(properties, before);
    if (!properties.hasNonNull("accessPolicies")) {
      properties.putArray("accessPolicies");
    }
    for (String off : List.of("enabledForDeployment", "enableRbacAuthorization")) {
      if (!properties.hasNonNull(off)) {
        properties.put(off, false);
      }
    }
    if (!properties.hasNonNull("publicNetworkAccess")) {
      properties.put("publicNetworkAccess", "Enabled");
    }
    String host = vault.path("name").asText().toLowerCase(Locale.ROOT) + ".vault.azure.net";
    properties.put("vaultUri", "https://" + host + "/");
    properties.put("provisioningState", "Succeeded");
  }

  private static void require(ObjectNode properties) {
    for (String field : List.of("tenantId", "sku")) {
      if (!properties.hasNonNull(field)) {
        throw badRequest("The parameter %s is not specified.".formatted(field));
      }
    }
    boolean roles = properties.path("enableRbacAuthorization").asBoolean();
    if (!roles && !properties.path("accessPolicies").isArray()) {
      throw badRequest("The parameter accessPolicies is not specified.");
    }
  }

  /** Neither protection can be taken away once it is there, and soft deletion always is. */
  private static void protect(ObjectNode properties, JsonNode before) {
    if (properties.hasNonNull("enableSoftDelete")
        && !properties.path("enableSoftDelete").asBoolean()) {
      throw badRequest(
          "The property \"enableSoftDelete\" can be set to false only for creating new vault. Enabling the 'soft delete' functionality is an irreversible action.");
    }
    properties.put("enableSoftDelete", true);
    boolean purgeProtected = before.path("enablePurgeProtection").asBoolean();
    if (!properties.hasNonNull("enablePurgeProtection")) {
      properties.remove("enablePurgeProtection");
      if (purgeProtected) {
        properties.put("enablePurgeProtection", true);
      }
    } else if (!properties.path("enablePurgeProtection").asBoolean()) {
      throw badRequest(
          "The property \"enablePurgeProtection\" cannot be set to false. Enabling the purge protection for a vault is an irreversible action.");
    }
  }

  private static void retain(ObjectNode properties, JsonNode before) {
    int kept = before.path("softDeleteRetentionInDays").asInt(LONGEST_RETENTION);
    int days = properties.path("softDeleteRetentionInDays").asInt(kept);
    if (before.has("softDeleteRetentionInDays") && days != kept) {
      throw badRequest(
          "The property \"softDeleteRetentionInDays\" has been set already and it can't be modified.");
    }
    if (days < SHORTEST_RETENTION || days > LONGEST_RETENTION) {
      throw badRequest(
          "The property \"softDeleteRetentionInDays\" must be a number from %d to %d."
              .formatted(SHORTEST_RETENTION, LONGEST_RETENTION));
    }
    properties.put("softDeleteRetentionInDays", days);
  }

  private static ApiException badRequest(String message) {
    return ApiException.badRequest("BadRequest", message);
  }

  private VaultProperties() {}
}
