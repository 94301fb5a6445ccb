package mlops.emulator.blob;

import mlops.emulator.http.Request;

/**
 * What a request names.
 *
 * @param container empty where the account itself is meant
 * @param blob empty where the container is meant
 */
record Target(Accounts.Account account, String container, String blob) {

  static Target of(Accounts.Account account, Request request) {
    return new Target(
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
