package mlops.emulator;

import java.util.Optional;
import mlops.emulator.arm.type.StorageAccounts;
import mlops.emulator.blob.published.PublicData;
import mlops.emulator.blob.store.BlobAccounts;
import mlops.emulator.state.StateTree;

/**
 * Lets the data plane of storage know the accounts that the resource manager keeps, and those of
 * others whose public data is laid here.
 */
final class ResourceManagerAccounts implements BlobAccounts {
  private final StorageAccounts accounts;
  private final StateTree state;

  ResourceManagerAccounts(StorageAccounts accounts, StateTree state) {
    this.state = state;
    this.accounts = accounts;
  }

  @Override
  public Optional<Account> find(String name) {
    return accounts
        .find(name)
        .map(
            a ->
                new Account(
                    a.id(),
                    a.name(),
                    a.kind(),
                    a.sku(),
                    a.hierarchical(),
                    a.sharedKeyAllowed(),
                    a.publicAccessAllowed(),
                    accounts.keys(a)))
        .or(() -> PublicData.account(state, name));
  }
}
