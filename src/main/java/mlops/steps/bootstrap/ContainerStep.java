package mlops.steps.bootstrap;

import com.azure.resourcemanager.storage.fluent.models.BlobContainerInner;
import mlops.azure.Azure;
import mlops.azure.Lookup;
import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/** A blob container, created through ARM, because that needs no data role. */
final class ContainerStep implements Step {
  private final Azure azure;
  private final String group;
  private final String account;
  private final String name;

  ContainerStep(Azure azure, String group, String account, String name) {
    this.azure = azure;
    this.group = group;
    this.account = account;
    this.name = name;
  }

  @Override
  public String describe() {
    return "container " + name;
  }

  @Override
  public Change check() {
    return Lookup.find(() -> azure.storage().getBlobContainers().get(group, account, name))
            .isPresent()
        ? Change.none()
        : Change.create("does not exist");
  }

  @Override
  public void apply(StepMessages messages) {
    azure.storage().getBlobContainers().create(group, account, name, new BlobContainerInner());
  }
}
