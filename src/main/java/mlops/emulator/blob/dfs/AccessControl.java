package mlops.emulator.blob.dfs;

import java.util.Optional;
import mlops.emulator.blob.acl.PathAccess;
import mlops.emulator.blob.request.BlobHeaders;
import mlops.emulator.blob.request.Conditions;
import mlops.emulator.blob.request.PosixPermissions;
import mlops.emulator.blob.request.StorageRequest;
import mlops.emulator.blob.rest.ContainerOperations;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.BlobChange;
import mlops.emulator.blob.store.ContainerEdit;
import mlops.emulator.blob.store.ContainerInfo;
import mlops.emulator.blob.store.Directories;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.http.Response;

/** Get and Set Access Control of files and directories, the root among them. */
final class AccessControl {

  Response get(StorageRequest request) {
    request.requireNot("upn", "turn object ids into names");
    request.requireHierarchical();
    if (request.blob().isEmpty()) {
      PathAccess access = request.container().read(index -> Directories.access(index, ""));
      return PosixPermissions.describe(ofRoot(request), access, true);
    }
    Blob blob = request.find();
    request.conditions().checkRead(blob);
    return PosixPermissions.describe(BlobHeaders.changed(200, blob), blob, true);
  }

  private static Response ofRoot(StorageRequest request) {
    ContainerInfo info = ContainerOperations.find(request);
    return BlobHeaders.changed(200, info.etag(), info.lastModified());
  }

  Response set(StorageRequest request) {
    request.requireHierarchical();
    if (request.blob().isEmpty()) {
      Response response = ofRoot(request);
      request.container().change(edit -> change(edit, request, Optional.empty()));
      return response.with("x-ms-namespace-enabled", "true");
    }
    Conditions conditions = request.conditions();
    Blob changed =
        request
            .container()
            .change(
                edit -> {
                  Blob blob =
                      edit.before().find(request.blob()).orElseThrow(StorageErrors::blobNotFound);
                  conditions.checkWrite(Optional.of(blob));
                  change(edit, request, Optional.of(blob));
                  return blob.stamped(edit.stamp());
                });
    return BlobHeaders.changed(200, changed).with("x-ms-namespace-enabled", "true");
  }

  private static boolean change(ContainerEdit edit, StorageRequest request, Optional<Blob> blob) {
    PathAccess now = Directories.access(edit.before(), request.blob());
    boolean directory = blob.map(Blob::isDirectory).orElse(true);
    put(edit, blob, PosixPermissions.changed(request, now, directory));
    return true;
  }

  /** Gives a path, or the root, another access. */
  static void put(ContainerEdit edit, Optional<Blob> blob, PathAccess access) {
    edit.make(
        blob.map(
                b ->
                    BlobChange.update(
                        b.withAttributes(access.in(b.attributes())).stamped(edit.stamp())))
            .orElseGet(() -> BlobChange.root(access.in(edit.before().root()))));
  }
}
