package mlops.emulator.blob;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import mlops.emulator.http.Response;
import org.jspecify.annotations.Nullable;

/** Create, delete, properties and metadata of containers. */
final class ContainerOperations {

  Response create(Call call) {
    String access = access(call.header("x-ms-blob-public-access"), call.account());
    Map<String, String> metadata = call.metadata();
    ContainerInfo made =
        call.store()
            .containers()
            .create(
                call.containerId(),
                info -> info.withMetadata(metadata).withAccess(access, info.identifiers()))
            .orElseThrow(Errors::containerAlreadyExists);
    return Headers.changed(201, made.etag(), made.lastModified());
  }

  /** {@code None}, {@code Blob} or {@code Container}, as the header asks. */
  static String access(@Nullable String header, Accounts.Account account) {
    if (header == null || header.isEmpty()) {
      return "None";
    }
    if (!header.equalsIgnoreCase("blob") && !header.equalsIgnoreCase("container")) {
      throw Errors.invalidHeader("x-ms-blob-public-access", header);
    }
    if (!account.publicAccess()) {
      throw Errors.publicAccessNotPermitted();
    }
    return header.equalsIgnoreCase("blob") ? "Blob" : "Container";
  }

  static String inLowerCase(String access) {
    return access.toLowerCase(Locale.ROOT);
  }

  Response delete(Call call) {
    ContainerInfo info = find(call);
    call.conditions().checkWrite(info.etag(), info.lastModified());
    if (!call.store().containers().delete(call.containerId())) {
      throw Errors.containerNotFound();
    }
    return Response.empty(202);
  }

  Response properties(Call call) {
    ContainerInfo info = find(call);
    Response response = Headers.changed(200, info.etag(), info.lastModified());
    info.metadata().forEach((name, value) -> response.with("x-ms-meta-" + name, value));
    if (!info.publicAccess().equals("None")) {
      response.with("x-ms-blob-public-access", inLowerCase(info.publicAccess()));
    }
    return response
        .with("x-ms-lease-status", "unlocked")
        .with("x-ms-lease-state", "available")
        .with("x-ms-has-immutability-policy", "false")
        .with("x-ms-has-legal-hold", "false")
        .with("x-ms-immutable-storage-with-versioning-enabled", "false")
        .with("x-ms-default-encryption-scope", "$account-encryption-key")
        .with("x-ms-deny-encryption-scope-override", "false");
  }

  Response setMetadata(Call call) {
    Conditions conditions = call.conditions();
    Map<String, String> metadata = call.metadata();
    Optional<ContainerInfo> changed =
        call.store()
            .containers()
            .update(
                call.containerId(),
                info -> {
                  conditions.checkWrite(info.etag(), info.lastModified());
                  return info.withMetadata(metadata);
                });
    ContainerInfo info = changed.orElseThrow(Errors::containerNotFound);
    return Headers.changed(200, info.etag(), info.lastModified());
  }

  static ContainerInfo find(Call call) {
    return call.store()
        .containers()
        .find(call.containerId())
        .orElseThrow(Errors::containerNotFound);
  }
}
