package mlops.steps.bootstrap;

import com.azure.resourcemanager.msi.fluent.models.IdentityInner;
import mlops.azure.Azure;
import mlops.azure.Lookup;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/** The user-assigned managed identity that the compute clusters work as. */
final class IdentityStep implements Step {

  /** What later steps need of an identity. */
  record Identity(String id, String principalId) {}

  private final Azure azure;
  private final String group;
  private final String name;
  private final String location;
  private final Output<Identity> identity;

  IdentityStep(Azure azure, String group, String name, String location, Output<Identity> identity) {
    this.azure = azure;
    this.group = group;
    this.name = name;
    this.location = location;
    this.identity = identity;
  }

  @Override
  public String describe() {
    return "managed identity " + name;
  }

  @Override
  public Change check() {
    return Lookup.find(() -> azure.identities().getByResourceGroup(group, name))
        .map(
            found -> {
              learn(found);
              return Change.none();
            })
        .orElseGet(() -> Change.create("does not exist"));
  }

  @Override
  public void apply(StepMessages messages) {
    IdentityInner wanted = new IdentityInner();
    wanted.withLocation(location);
    learn(azure.identities().createOrUpdate(group, name, wanted));
  }

  private void learn(IdentityInner found) {
    identity.set(new Identity(found.id(), found.principalId().toString()));
  }
}
