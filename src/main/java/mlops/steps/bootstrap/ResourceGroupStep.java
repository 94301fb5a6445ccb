package mlops.steps.bootstrap;

import com.azure.resourcemanager.resources.fluent.models.ResourceGroupInner;
import mlops.azure.Azure;
import mlops.azure.Lookup;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/** A resource group, which everything else lies in. */
final class ResourceGroupStep implements Step {
  private final Azure azure;
  private final String name;
  private final String location;

  ResourceGroupStep(Azure azure, String name, String location) {
    this.azure = azure;
    this.name = name;
    this.location = location;
  }

  @Override
  public String describe() {
    return "resource group " + name;
  }

  @Override
  public Change check() {
    return Lookup.find(() -> azure.resourceGroups().get(name))
        .map(this::compare)
        .orElseGet(() -> Change.create("does not exist"));
  }

  private Change compare(ResourceGroupInner group) {
    if (!group.location().equalsIgnoreCase(location)) {
      throw MlopsException.failed(
          "InvalidResourceGroupLocation",
          "resource group %s is in %s, the profile says %s"
              .formatted(name, group.location(), location),
          "A group cannot move. Set location: %s in the profile, or use another --suffix."
              .formatted(group.location()));
    }
    return Change.none();
  }

  @Override
  public void apply(StepMessages messages) {
    azure.resourceGroups().createOrUpdate(name, new ResourceGroupInner().withLocation(location));
  }
}
