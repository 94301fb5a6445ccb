package mlops.emulator.blob.auth;

import mlops.emulator.blob.store.ContainerInfo;
import mlops.emulator.blob.store.Containers;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;

/** What those may do who bring no credentials: read where a container is open to anyone. */
final class AnonymousAccess {
  private final Containers containers;
  private final String tenant;

  AnonymousAccess(Containers containers, String tenant) {
    this.containers = containers;
    this.tenant = tenant;
  }

  /**
   * Admits a reader of an open container.
   *
   * @throws ApiException 401, or 404 and 409 as older versions and closed accounts answer
   */
  StorageAuthorization admit(StorageRight right, Request request, StorageTarget target) {
    boolean reads =
        right == StorageRight.READ
            || right == StorageRight.LIST
            || right == StorageRight.READ_CONTAINER;
    if (!reads) {
      throw noAuthentication();
    }
    if (!target.account().publicAccess()) {
      throw StorageErrors.publicAccessNotPermitted();
    }
    String level =
        containers
            .find(target.account().containerId(target.container()))
            .map(ContainerInfo::publicAccess)
            .orElse("None");
    if (level.equals("Container") || (level.equals("Blob") && right == StorageRight.READ)) {
      return StorageAuthorization.ANONYMOUS;
    }
    String version = request.header("x-ms-version");
    if (version != null && version.compareTo("2019-12-12") >= 0) {
      throw noAuthentication();
    }
    throw ApiException.notFound("ResourceNotFound", "The specified resource does not exist.");
  }

  private ApiException noAuthentication() {
    return AccessDenied.unauthorized(
        tenant,
        "NoAuthenticationInformation",
        "Server failed to authenticate the request. Please refer to the information in the www-authenticate header.");
  }
}
