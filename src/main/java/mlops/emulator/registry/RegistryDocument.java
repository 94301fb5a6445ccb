package mlops.emulator.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.ml.resource.ResourceIdentities;

/** What a registry says of itself: what the user sent, checked, and what Azure adds to it. */
final class RegistryDocument {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_-]{2,32}");

  private final ResourceIdentities identities;

  RegistryDocument(ResourceIdentities identities) {
    this.identities = identities;
  }

  /**
   * The resource that a PUT asks for.
   *
   * @param asked with id, tags and a checked location
   * @throws ApiException 400 for a name, a region or an account that a registry cannot have
   */
  ObjectNode of(ObjectNode asked, Optional<ObjectNode> existing) {
    String id = asked.path("id").asText();
    String name = asked.path("name").asText();
    if (!NAME.matcher(name).matches()) {
      throw RegistryRegions.invalid(
          "The name '%s' is invalid. It may hold letters, digits, hyphens and underscores, begins with a letter or digit, and is between 3 and 33 characters long"
              .formatted(name));
    }
    JsonNode current = existing.map(JsonNode.class::cast).orElse(Json.object());
    asked.set("identity", identity(id, asked.path("identity"), current.path("identity")));
    String group = managedGroup(id, name, asked.at("/identity/principalId").asText());
    String location = asked.path("location").asText();
    JsonNode wanted = asked.path("properties");
    ObjectNode properties = Json.object();
    properties.set(
        "regionDetails",
        new RegistryRegions(name, group)
            .of(location, wanted.path("regionDetails"), current.at("/properties/regionDetails")));
    properties.set("intellectualPropertyPublisher", wanted.get("intellectualPropertyPublisher"));
    properties.put("publicNetworkAccess", wanted.path("publicNetworkAccess").asText("Enabled"));
    properties.put("discoveryUrl", discoveryUrl(location, name));
    properties.putObject("managedResourceGroup").put("resourceId", group);
    JsonNode tags = wanted.path("managedResourceGroupTags");
    properties.set("managedResourceGroupTags", tags.isObject() ? tags : Json.object());
    properties.put(
        "mlFlowRegistryUri", "azureml://%s.api.azureml.ms/mlflow/v1.0%s".formatted(location, id));
    asked.set("properties", properties);
    return asked;
  }

  /** A registry as an api-version shows it: stable ones do not tell of the tags of its group. */
  static ObjectNode shown(Request request, ObjectNode registry) {
    if (!request.queryValue("api-version").orElse("").endsWith("-preview")) {
      registry.withObject("/properties").remove("managedResourceGroupTags");
    }
    return registry;
  }

  /** Changes what a PATCH may change. */
  void update(ObjectNode registry, JsonNode body) {
    if (body.path("tags").isObject()) {
      registry.set("tags", body.get("tags"));
    }
    if (body.path("sku").isObject()) {
      registry.withObject("/sku").setAll((ObjectNode) body.get("sku"));
    }
    if (body.path("identity").isObject()) {
      String id = registry.path("id").asText();
      registry.set("identity", identity(id, body.get("identity"), registry.path("identity")));
    }
  }

  /** A registry always has an identity of its own. */
  private ObjectNode identity(String id, JsonNode asked, JsonNode current) {
    ObjectNode wanted = asked.isObject() ? asked.deepCopy() : Json.object();
    String type = wanted.path("type").asText("None");
    if (!type.contains("SystemAssigned")) {
      wanted.put(
          "type", type.equals("UserAssigned") ? "SystemAssigned,UserAssigned" : "SystemAssigned");
    }
    return identities.assign(id, wanted, current);
  }

  /** By the principal, which is a new one where a registry of this name was deleted before. */
  private static String managedGroup(String id, String name, String principal) {
    return "/subscriptions/%s/resourceGroups/azureml-rg-%s_%s"
        .formatted(
            id.split("/")[2], name, UUID.nameUUIDFromBytes((id + principal).getBytes(UTF_8)));
  }

  private static String discoveryUrl(String location, String name) {
    return "https://%s.api.azureml.ms/registrymanagement/v1.0/registries/%s/discovery"
        .formatted(location, name);
  }

  /** The guid of a registry, by which the hosts of its private links are named. */
  static String guid(JsonNode registry) {
    String group = registry.at("/properties/managedResourceGroup/resourceId").asText();
    return UUID.nameUUIDFromBytes(group.getBytes(UTF_8)).toString();
  }

  /** The id of the account in which the assets of a registry are kept. */
  static String storage(JsonNode registry) {
    for (JsonNode region : registry.at("/properties/regionDetails")) {
      if (region.path("location").equals(registry.path("location"))) {
        return region
            .at("/storageAccountDetails/0/systemCreatedStorageAccount/armResourceId/resourceId")
            .asText();
      }
    }
    throw new IllegalStateException("no storage in " + List.of(registry.path("id")));
  }
}
