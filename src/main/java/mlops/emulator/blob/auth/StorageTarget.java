package mlops.emulator.blob.auth;

import mlops.emulator.blob.store.BlobAccounts;
import mlops.emulator.http.Request;

/**
 * What a request names.
 *
 * @param container empty where the account itself is meant
 * @param blob empty where the container is meant
 */
public record StorageTarget(BlobAccounts.Account account, String container, String blob) {

  public static StorageTarget of(BlobAccounts.Account account, Request request) {
    return new StorageTarget(
        account,
        request.parameters().getOrDefault("container", ""),
        request.parameters().getOrDefault("blob", ""));
  }

  /** The scope on which roles are looked up. */
  String scope() {
    return container.isEmpty()
        ? account.id() + "/blobServices/default"
        : account.containerId(container);
  }
}
