package mlops.emulator.blob.rest;

import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import mlops.emulator.blob.acl.PathAccess;
import mlops.emulator.blob.request.BlobHeaders;
import mlops.emulator.blob.request.Conditions;
import mlops.emulator.blob.request.StorageRequest;
import mlops.emulator.blob.store.BlobAccounts;
import mlops.emulator.blob.store.BlobChange;
import mlops.emulator.blob.store.ContainerInfo;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.http.Response;
import org.jspecify.annotations.Nullable;

/** Create, delete, properties and metadata of containers. */
public final class ContainerOperations {

  public Response create(StorageRequest request) {
    String access = access(request.header("x-ms-blob-public-access"), request.account());
    Map<String, String> metadata = request.metadata();
    ContainerInfo made =
        request
            .store()
            .containers()
            .create(
                request.containerId(),
                info -> info.withMetadata(metadata).withAccess(access, info.identifiers()))
            .orElseThrow(StorageErrors::containerAlreadyExists);
    ownRoot(request);
    return BlobHeaders.changed(201, made);
  }

  /** The root directory of a new container belongs to who made it. */
  public static void ownRoot(StorageRequest request) {
    String owner = request.authorization().owner();
    if (request.account().hierarchical() && !owner.equals(PathAccess.SUPERUSER)) {
      PathAccess access = PathAccess.of(Map.of(), true).ownedBy(owner, owner);
      request
          .container()
          .change(
              edit -> {
                edit.make(BlobChange.root(access.in(Map.of())));
                return access;
              });
    }
  }

  /** {@code None}, {@code Blob} or {@code Container}, as the header asks. */
  static String access(@Nullable String header, BlobAccounts.Account account) {
    if (header == null || header.isEmpty()) {
      return "None";
    }
    if (!header.equalsIgnoreCase("blob") && !header.equalsIgnoreCase("container")) {
      throw StorageErrors.invalidHeader("x-ms-blob-public-access", header);
    }
    if (!account.publicAccess()) {
      throw StorageErrors.publicAccessNotPermitted();
    }
    return header.equalsIgnoreCase("blob") ? "Blob" : "Container";
  }

  static String inLowerCase(String access) {
    return access.toLowerCase(Locale.ROOT);
  }

  public Response delete(StorageRequest request) {
    ContainerInfo info = find(request);
    Conditions conditions = request.conditions();
    conditions.lease().requireHolder(info.lease());
    conditions.require(info);
    if (!request.store().containers().delete(request.containerId())) {
      throw StorageErrors.containerNotFound();
    }
    return Response.empty(202);
  }

  public Response properties(StorageRequest request) {
    ContainerInfo info = find(request);
    Response response = BlobHeaders.changed(200, info);
    info.metadata().forEach((name, value) -> response.with("x-ms-meta-" + name, value));
    if (!info.publicAccess().equals("None")) {
      response.with("x-ms-blob-public-access", inLowerCase(info.publicAccess()));
    }
    return BlobHeaders.lease(response, info.lease(), request.now())
        .with("x-ms-has-immutability-policy", "false")
        .with("x-ms-has-legal-hold", "false")
        .with("x-ms-immutable-storage-with-versioning-enabled", "false")
        .with("x-ms-default-encryption-scope", "$account-encryption-key")
        .with("x-ms-deny-encryption-scope-override", "false");
  }

  public Response setMetadata(StorageRequest request) {
    Conditions conditions = request.conditions();
    Map<String, String> metadata = request.metadata();
    return update(request, conditions, info -> info.withMetadata(metadata));
  }

  /** Changes the container of a request where it meets the conditions. */
  public static Response update(
      StorageRequest request, Conditions conditions, UnaryOperator<ContainerInfo> change) {
    ContainerInfo changed =
        request
            .store()
            .containers()
            .update(
                request.containerId(),
                info -> {
                  conditions.checkWrite(info);
                  return change.apply(info);
                })
            .orElseThrow(StorageErrors::containerNotFound);
    return BlobHeaders.changed(200, changed);
  }

  public static ContainerInfo find(StorageRequest request) {
    ContainerInfo info =
        request
            .store()
            .containers()
            .find(request.containerId())
            .orElseThrow(StorageErrors::containerNotFound);
    request.conditions().lease().requireTrue(info.lease());
    return info;
  }
}
