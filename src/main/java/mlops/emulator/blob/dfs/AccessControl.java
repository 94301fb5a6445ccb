package mlops.emulator.blob.dfs;

import java.util.Map;
import java.util.Optional;
import mlops.emulator.blob.request.BlobHeaders;
import mlops.emulator.blob.request.Conditions;
import mlops.emulator.blob.request.PosixPermissions;
import mlops.emulator.blob.request.StorageRequest;
import mlops.emulator.blob.rest.ContainerOperations;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.BlobChange;
import mlops.emulator.blob.store.ContainerInfo;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.http.Response;

/** Get and Set Access Control of files and directories. */
final class AccessControl {

  Response get(StorageRequest request) {
    boolean root = request.blob().isEmpty();
    request.requireNot("upn", "turn object ids into names");
    DfsOperations.requireHierarchical(request);
    if (root) {
      ContainerInfo info = ContainerOperations.find(request);
      Response response = BlobHeaders.changed(200, info.etag(), info.lastModified());
      return PosixPermissions.describe(response, true, Map.of(), true);
    }
    Blob blob = request.find();
    request.conditions().checkRead(blob);
    return PosixPermissions.describe(BlobHeaders.changed(200, blob), blob, true);
  }

  Response set(StorageRequest request) {
    DfsOperations.requireHierarchical(request);
    Conditions conditions = request.conditions();
    PosixPermissions.changed(request, Map.of()); // a wrong header counts before a missing file
    Blob changed =
        request
            .container()
            .change(
                edit -> {
                  Blob blob =
                      edit.before().find(request.blob()).orElseThrow(StorageErrors::blobNotFound);
                  conditions.checkWrite(Optional.of(blob));
                  Map<String, String> attributes =
                      PosixPermissions.changed(request, blob.attributes());
                  Blob kept = blob.withAttributes(attributes).stamped(edit.stamp());
                  edit.make(BlobChange.update(kept));
                  return kept;
                });
    return BlobHeaders.changed(200, changed).with("x-ms-namespace-enabled", "true");
  }
}
