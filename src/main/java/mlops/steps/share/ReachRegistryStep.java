package mlops.steps.share;

import java.util.List;
import java.util.function.BooleanSupplier;
import mlops.azure.ml.Registry;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/** The registry is there, may be used, and reaches the region of the target. */
final class ReachRegistryStep implements Step {
  private final Registry registry;
  private final String location;
  private final BooleanSupplier settled;

  /**
   * @param location the region of the workspace that deploys
   * @param settled whether the stages above have done what this looks at
   */
  ReachRegistryStep(Registry registry, String location, BooleanSupplier settled) {
    this.registry = registry;
    this.location = location;
    this.settled = settled;
  }

  @Override
  public String describe() {
    return "registry " + registry.name();
  }

  @Override
  public Change check() {
    return settled.getAsBoolean() ? look() : Change.run("look whether it can be used");
  }

  private Change look() {
    List<String> regions = registry.regions();
    if (!regions.contains(location)) {
      throw MlopsException.refused(
          "RegistryRegion",
          "registry %s is in %s, and not in %s, where the workspace is"
              .formatted(registry.name(), String.join(", ", regions), location),
          "Add the region to replication_locations of its file, then: mlops bootstrap --via registry");
    }
    return Change.none("in " + location);
  }

  @Override
  public void apply(StepMessages messages) {
    messages.say(look().reason());
  }
}
