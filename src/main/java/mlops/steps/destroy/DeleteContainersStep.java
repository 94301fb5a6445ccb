package mlops.steps.destroy;

import com.azure.resourcemanager.storage.fluent.models.ListContainerItemInner;
import java.util.List;
import mlops.azure.Azure;
import mlops.azure.Lookup;
import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/**
 * The containers of the profile are gone with the data in them. Where the account has others, those
 * are somebody else's, and the account stays with them.
 */
final class DeleteContainersStep implements Step {
  private final Azure azure;
  private final Account account;
  private final List<String> containers;
  private final KeptResources kept;

  /** A storage account. */
  record Account(String group, String name, String id) {}

  /**
   * @param containers those of the profile that go
   */
  DeleteContainersStep(Azure azure, Account account, List<String> containers, KeptResources kept) {
    this.azure = azure;
    this.account = account;
    this.containers = containers;
    this.kept = kept;
  }

  @Override
  public String describe() {
    return "data in " + account.name();
  }

  @Override
  public Change check() {
    List<String> there = there();
    List<String> others = there.stream().filter(name -> !containers.contains(name)).toList();
    if (!others.isEmpty()) {
      kept.add(
          account.id(), "it holds %s, beside the profile".formatted(String.join(", ", others)));
    }
    List<String> ours = there.stream().filter(containers::contains).toList();
    return ours.isEmpty()
        ? Change.none("is not there")
        : Change.delete(
            "container%s %s with all blobs"
                .formatted(ours.size() == 1 ? "" : "s", String.join(", ", ours)));
  }

  private List<String> there() {
    return Lookup.find(
            () ->
                azure.storage().getBlobContainers().list(account.group(), account.name()).stream()
                    .map(ListContainerItemInner::name)
                    .toList())
        .orElseGet(List::of);
  }

  @Override
  public void apply(StepMessages messages) {
    for (String name : there()) {
      if (containers.contains(name)) {
        azure.storage().getBlobContainers().delete(account.group(), account.name(), name);
      }
    }
  }
}
