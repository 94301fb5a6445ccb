package mlops.emulator;

import java.util.Optional;
import mlops.emulator.arm.StorageAccounts;
import mlops.emulator.blob.Accounts;

/** The storage accounts of the resource manager as their data plane asks for them. */
record ArmAccounts(StorageAccounts accounts) implements Accounts {

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
