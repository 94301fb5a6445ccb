package mlops.emulator.blob.auth;

import com.azure.core.http.HttpHeaders;
import com.azure.core.util.BinaryData;
import java.util.List;
import mlops.emulator.arm.role.RoleBasedAccess;
import mlops.emulator.blob.store.BlobStore;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import mlops.emulator.state.StateTree;

/**
 * Decides whether an account key or a SAS that another service of Azure keeps for its users opens
 * storage: now, and for this; as storage decides when such a secret comes with a request.
 */
public final class StorageCredentialCheck {
  private final BlobStore store;
  private final SasValidator signatures;
  private final RoleBasedAccess access;

  public StorageCredentialCheck(StateTree state, BlobStore store, RoleBasedAccess access) {
    this.store = store;
    this.signatures =
        new SasValidator(store.containers(), new DelegationKeys(state), store.clock());
    this.access = access;
  }

  /**
   * Asks that a text is a key of an account, as it is now.
   *
   * @throws ApiException 403 as storage denies, 404 where there is no such account
   */
  public void requireKey(String account, String key) {
    List<String> keys = store.account(account).keys();
    if (!store.account(account).sharedKeys()) {
      throw AccessDenied.keysNotPermitted();
    }
    if (!keys.contains(key)) {
      throw AccessDenied.authenticationFailed("The key is none of the account's keys");
    }
  }

  /**
   * Asks that a SAS gives a right.
   *
   * @param blob empty where the container itself is meant, such as by a list
   * @throws ApiException 403 as storage denies, 404 where there is no such account
   */
  public void requireSas(
      String account, String sas, StorageRight right, String container, String blob) {
    StorageTarget target = new StorageTarget(store.account(account), container, blob);
    Request request =
        Request.of(
            "GET",
            account + ".blob.core.windows.net",
            "/?" + (sas.startsWith("?") ? sas.substring(1) : sas),
            new HttpHeaders(),
            BinaryData.fromString(""));
    signatures.admit(
        right,
        request,
        target,
        (objectId, asked, of) -> access.allowsData(objectId, asked.action, of.scope()));
  }
}
