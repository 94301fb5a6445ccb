package mlops.emulator.arm.type;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.arm.resource.TrackedResources;
import mlops.emulator.arm.resource.TrackedType;
import mlops.emulator.http.Route;

/**
 * Microsoft.ContainerRegistry/registries, as far as other services have one: it is seen, and there
 * are no images in it.
 */
public final class ContainerRegistries {
  private static final TrackedType TYPE = new TrackedType("Microsoft.ContainerRegistry/registries");

  private final ArmResources resources;
  private final TrackedResources registries;

  public ContainerRegistries(ArmResources resources) {
    this.resources = resources;
    this.registries = new TrackedResources(resources, TYPE);
  }

  public List<Route> routes() {
    return registries.readRoutes();
  }

  /**
   * Makes one that another service keeps in a group of its own, where it is not there yet; inside
   * {@code exclusively}.
   *
   * @param sku such as {@code Premium}
   */
  public void make(String id, String location, String sku) {
    if (resources.state().exists(id)) {
      return;
    }
    ObjectNode registry = ArmResources.envelope(id, TYPE.name());
    registry.put("location", location).putObject("tags");
    registry.putObject("sku").put("name", sku).put("tier", sku);
    registry
        .putObject("properties")
        .put("loginServer", registry.path("name").asText().toLowerCase(Locale.ROOT) + ".azurecr.io")
        .put("creationDate", resources.clock().instant().toString())
        .put("provisioningState", "Succeeded")
        .put("adminUserEnabled", false);
    registries.write(registry);
  }
}
