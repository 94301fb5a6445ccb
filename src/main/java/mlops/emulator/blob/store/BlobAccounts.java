package mlops.emulator.blob.store;

import java.util.List;
import java.util.Optional;

/** The storage accounts, by their names, which are unique in the cloud. */
public interface BlobAccounts {

  /**
   * What the data plane knows of a storage account.
   *
   * @param id the ARM id
   * @param kind such as {@code StorageV2}
   * @param sku such as {@code Standard_ZRS}
   * @param hierarchical whether directories are real ({@code isHnsEnabled})
   * @param sharedKeys whether requests may be signed with an account key
   * @param publicAccess whether containers may be opened to anyone
   * @param keys the account keys in base64
   */
  record Account(
      String id,
      String name,
      String kind,
      String sku,
      boolean hierarchical,
      boolean sharedKeys,
      boolean publicAccess,
      List<String> keys) {

    public String containerId(String container) {
      return id + "/blobServices/default/containers/" + container;
    }

    @Override
    public String toString() {
      return id; // never the keys
    }
  }

  Optional<Account> find(String name);
}
