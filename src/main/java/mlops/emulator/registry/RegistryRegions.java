package mlops.emulator.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import mlops.emulator.arm.resource.Regions;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.RegistryIds;

/**
 * The {@code regionDetails} of a registry: in each region accounts of storage and a container
 * registry, all of which the service makes and names itself.
 */
final class RegistryRegions {
  private static final Set<String> STORAGE =
      Set.of(
          "standard_lrs",
          "standard_grs",
          "standard_ragrs",
          "standard_zrs",
          "standard_gzrs",
          "standard_ragzrs",
          "premium_lrs",
          "premium_zrs");

  private final String name;
  private final String group;

  /**
   * @param name of the registry
   * @param group the id of its managed group
   */
  RegistryRegions(String name, String group) {
    this.name = name;
    this.group = group;
  }

  /** The names of the regions of a registry, as they were asked for or are kept. */
  static List<String> names(JsonNode properties) {
    List<String> names = new ArrayList<>();
    properties.path("regionDetails").forEach(r -> names.add(r.path("location").asText()));
    return names;
  }

  /**
   * The details as they are kept.
   *
   * @param existing those of the registry that is there; what is made stays
   * @throws ApiException 400 for what the service does not take
   */
  ArrayNode of(String primary, JsonNode asked, JsonNode existing) {
    ArrayNode regions = Json.MAPPER.createArrayNode();
    List<String> seen = new ArrayList<>();
    for (JsonNode region : asked) {
      String location = location(region);
      if (seen.contains(location)) {
        throw invalid("The region '%s' is listed twice in regionDetails".formatted(location));
      }
      seen.add(location);
      regions.add(region(location, region, find(existing, location)));
    }
    if (!seen.contains(primary)) {
      throw invalid(
          "The location of the registry, '%s', must be one of its regionDetails"
              .formatted(primary));
    }
    for (JsonNode region : existing) {
      if (!seen.contains(region.path("location").asText())) {
        throw invalid(
            "The region '%s' cannot be left out: removeRegions takes a region away"
                .formatted(region.path("location").asText()));
      }
    }
    return regions;
  }

  private static String location(JsonNode region) {
    return Regions.of(
        Json.object().put("location", region.path("location").asText()), RegistryIds.TYPE);
  }

  private static JsonNode find(JsonNode regions, String location) {
    for (JsonNode region : regions) {
      if (region.path("location").asText().equals(location)) {
        return region;
      }
    }
    return Json.object();
  }

  private ObjectNode region(String location, JsonNode asked, JsonNode existing) {
    ObjectNode region = Json.object().put("location", location);
    ArrayNode storage = region.putArray("storageAccountDetails");
    JsonNode kept = existing.path("storageAccountDetails");
    JsonNode wanted = asked.path("storageAccountDetails");
    for (int i = 0; i < Math.max(Math.max(1, wanted.size()), kept.size()); i++) {
      JsonNode details = wanted.path(i);
      refuseOwn(details, "userCreatedStorageAccount", "storage account");
      storage.add(kept.has(i) ? kept.get(i) : storage(location, i, details));
    }
    JsonNode registry = asked.path("acrDetails").path(0);
    refuseOwn(registry, "userCreatedAcrAccount", "container registry");
    region
        .putArray("acrDetails")
        .add(
            Optional.of(existing.path("acrDetails").path(0))
                .filter(JsonNode::isObject)
                .orElseGet(() -> containerRegistry(location, registry)));
    return region;
  }

  /** Microsoft's document has accounts of the user's own, and the service refuses them. */
  private static void refuseOwn(JsonNode details, String member, String what) {
    if (!details.at("/" + member + "/armResourceId/resourceId").asText().isEmpty()) {
      throw invalid("Creating registry using an existing %s is not permitted".formatted(what));
    }
  }

  private JsonNode storage(String location, int index, JsonNode details) {
    JsonNode asked = details.path("systemCreatedStorageAccount");
    String type = asked.path("storageAccountType").asText("standard_lrs").toLowerCase(Locale.ROOT);
    if (!STORAGE.contains(type)) {
      throw invalid("The storage account type '%s' is unknown".formatted(type));
    }
    String account = fresh(location + index);
    ObjectNode made = Json.object();
    made.putNull("userCreatedStorageAccount");
    made.putObject("systemCreatedStorageAccount")
        .put("storageAccountName", account)
        .put("storageAccountType", type)
        .put("storageAccountHnsEnabled", asked.path("storageAccountHnsEnabled").asBoolean())
        .putObject("armResourceId")
        .put("resourceId", group + "/providers/Microsoft.Storage/storageAccounts/" + account);
    return made;
  }

  private JsonNode containerRegistry(String location, JsonNode details) {
    String sku = details.at("/systemCreatedAcrAccount/acrAccountSku").asText("Premium");
    if (!sku.equalsIgnoreCase("Premium")) {
      throw invalid("The container registry must be Premium, not '%s'".formatted(sku));
    }
    String registry = fresh(location + "acr");
    ObjectNode made = Json.object();
    made.putNull("userCreatedAcrAccount");
    made.putObject("systemCreatedAcrAccount")
        .put("acrAccountName", registry)
        .put("acrAccountSku", "Premium")
        .putObject("armResourceId")
        .put("resourceId", group + "/providers/Microsoft.ContainerRegistry/registries/" + registry);
    return made;
  }

  /** A name that is free in the cloud: the start of the registry's, and 20 digits. */
  private String fresh(String what) {
    String letters = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    UUID digits = UUID.nameUUIDFromBytes((group + what).getBytes(UTF_8));
    return letters.substring(0, Math.min(4, letters.length()))
        + digits.toString().replace("-", "").substring(0, 20);
  }

  static ApiException invalid(String message) {
    return MlErrors.userError(400, "Invalid registry request: " + message);
  }
}
