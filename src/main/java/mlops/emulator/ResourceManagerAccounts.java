package mlops.emulator;

import java.util.Optional;
import mlops.emulator.arm.type.StorageAccounts;
import mlops.emulator.blob.store.Accounts;

/** Lets the data plane of storage know the accounts that the resource manager keeps. */
final class ResourceManagerAccounts implements Accounts {
  private final StorageAccounts accounts;

  ResourceManagerAccounts(StorageAccounts accounts) {
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
                    accounts.keys(a)));
  }
}
