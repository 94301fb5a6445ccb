package mlops.steps.github;

import java.util.List;
import mlops.azure.Azure;
import mlops.azure.Lookup;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.profile.Profile;

/** The resource groups are there, on which roles are given. Nothing is written before that. */
final class BootstrappedStep implements Step {
  private final Azure azure;
  private final List<String> groups;

  BootstrappedStep(Azure azure, Profile.ResourceGroups groups) {
    this.azure = azure;
    this.groups = List.of(groups.ml(), groups.storage());
  }

  @Override
  public String describe() {
    return "resource groups " + String.join(", ", groups);
  }

  @Override
  public Change check() {
    for (String group : groups) {
      if (Lookup.find(() -> azure.resourceGroups().get(group)).isEmpty()) {
        throw MlopsException.failed(
            "ResourceGroupNotFound",
            "resource group %s does not exist, and roles are to be given on it".formatted(group),
            "Run `mlops bootstrap` first, with the same --suffix and --state.");
      }
    }
    return Change.none("exist");
  }

  @Override
  public void apply(StepMessages messages) {
    throw new IllegalStateException("resource groups are only looked at");
  }
}
