package mlops.emulator.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.arm.type.ContainerRegistries;
import mlops.emulator.arm.type.StorageAccounts;

/** The group that comes with a registry: its accounts of storage and its container registries. */
final class ManagedResources {
  private final ArmResources resources;
  private final StorageAccounts storage;
  private final ContainerRegistries containers;

  ManagedResources(ArmResources resources, StorageAccounts storage) {
    this.resources = resources;
    this.storage = storage;
    this.containers = new ContainerRegistries(resources);
  }

  /** Makes what is missing; inside {@code exclusively}, and before the registry is written. */
  void make(ObjectNode registry) {
    JsonNode properties = registry.path("properties");
    String id = properties.at("/managedResourceGroup/resourceId").asText();
    ObjectNode group = ArmResources.envelope(id, "Microsoft.Resources/resourceGroups");
    group.put("location", registry.path("location").asText());
    group.put("managedBy", registry.path("id").asText());
    group.set("tags", properties.path("managedResourceGroupTags"));
    group.putObject("properties").put("provisioningState", "Succeeded");
    resources.state().write(id, group);
    for (JsonNode region : properties.path("regionDetails")) {
      String location = region.path("location").asText();
      for (JsonNode details : region.path("storageAccountDetails")) {
        JsonNode account = details.path("systemCreatedStorageAccount");
        storage.make(
            resourceId(account),
            location,
            sku(account.path("storageAccountType").asText()),
            account.path("storageAccountHnsEnabled").asBoolean());
      }
      for (JsonNode details : region.path("acrDetails")) {
        JsonNode container = details.path("systemCreatedAcrAccount");
        containers.make(resourceId(container), location, container.path("acrAccountSku").asText());
      }
    }
  }

  /** Deletes what a region of a registry has; inside {@code exclusively}. */
  void delete(JsonNode region) {
    for (String details : new String[] {"storageAccountDetails", "acrDetails"}) {
      for (JsonNode detail : region.path(details)) {
        for (JsonNode made : detail) {
          if (!resourceId(made).isEmpty()) { // there are none of the user's own
            resources.state().delete(resourceId(made));
          }
        }
      }
    }
  }

  /** As storage spells it: {@code Standard_LRS}. */
  private static String sku(String type) {
    String[] parts = type.split("_");
    return parts[0].substring(0, 1).toUpperCase(Locale.ROOT)
        + parts[0].substring(1)
        + "_"
        + parts[1].toUpperCase(Locale.ROOT);
  }

  private static String resourceId(JsonNode made) {
    return made.at("/armResourceId/resourceId").asText();
  }
}
