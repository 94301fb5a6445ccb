package mlops.steps.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import mlops.azure.ml.Registry;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/**
 * A registry of Azure Machine Learning, with storage and a container registry of Azure's own making
 * in each of its regions. They cost by the day, and the plan says so.
 */
final class RegistryStep implements Step {
  private final Registry registry;
  private final JsonNode body;
  private final String location;
  private final Output<String> id;

  /**
   * @param body what its file asks for
   * @param location the region of the workspaces, which the registry must reach
   * @param id is given its ARM id
   */
  RegistryStep(Registry registry, JsonNode body, String location, Output<String> id) {
    this.registry = registry;
    this.body = body;
    this.location = location;
    this.id = id;
  }

  @Override
  public String describe() {
    return "registry " + registry.name();
  }

  @Override
  public Change check() {
    if (!regions(body).contains(location)) {
      throw MlopsException.refused(
          "RegistryRegion",
          "registry %s would be in %s, and the workspaces are in %s"
              .formatted(registry.name(), String.join(", ", regions(body)), location),
          "Add the region to replication_locations of its file.");
    }
    Optional<ObjectNode> there = registry.find();
    if (there.isEmpty()) {
      return Change.create(
          "does not exist; storage and a Premium container registry in %s cost by the day"
              .formatted(String.join(", ", regions(body))));
    }
    id.set(registry.id());
    return compare(there.get());
  }

  private Change compare(ObjectNode there) {
    String region = there.path("location").asText();
    if (!region.equalsIgnoreCase(body.path("location").asText())) {
      throw MlopsException.failed(
          "RegistryRegion",
          "registry %s is in %s, its file says %s"
              .formatted(registry.name(), region, body.path("location").asText()),
          "A registry cannot move. Set location: %s in its file, or use another --suffix."
              .formatted(region));
    }
    Set<String> more = new TreeSet<>(regions(body));
    more.removeAll(regions(there));
    return more.isEmpty()
        ? Change.none(String.join(", ", regions(there)))
        : Change.update("also in " + String.join(", ", more));
  }

  private static Set<String> regions(JsonNode registry) {
    Set<String> regions = new TreeSet<>();
    registry
        .at("/properties/regionDetails")
        .forEach(region -> regions.add(region.path("location").asText()));
    return regions;
  }

  @Override
  public void apply(StepMessages messages) {
    registry.create(body);
    id.set(registry.id());
  }
}
