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
import mlops.emulator.blob.store.HierarchicalNamespace;
import mlops.emulator.http.Response;

/** Get and Set Access Control of files and directories, the root among them. */
final class AccessControl {

  Response get(StorageRequest request) {
    request.requireNot("upn", "turn object ids into names");
    request.requireHierarchical();
    if (request.blob().isEmpty()) {
      PathAccess access =
          request.container().read(index -> HierarchicalNamespace.access(index, ""));
      return PosixPermissions.describe(ofRoot(request), access, true);
    }
    Blob blob = request.find();
    request.conditions().checkRead(blob);
    return PosixPermissions.describe(BlobHeaders.changed(200, blob), blob, true);
  }

  private static Response ofRoot(StorageRequest request) {
    return BlobHeaders.changed(200, ContainerOperations.find(request));
  }

  Response set(StorageRequest request) {
    request.requireHierarchical();
    if (request.blob().isEmpty()) {
      Response response = ofRoot(request);
      request.container().change(edit -> setRoot(edit, request));
      return response.with("x-ms-namespace-enabled", "true");
    }
    Conditions conditions = request.conditions();
    Blob changed =
        request.update(
            (edit, blob) -> {
              conditions.checkWrite(Optional.of(blob));
              PathAccess now = PosixPermissions.of(blob);
              return with(edit, blob, PosixPermissions.changed(request, now, blob.isDirectory()));
            });
    return BlobHeaders.changed(200, changed).with("x-ms-namespace-enabled", "true");
  }

  private static PathAccess setRoot(ContainerEdit edit, StorageRequest request) {
    PathAccess now = HierarchicalNamespace.access(edit.before(), "");
    PathAccess changed = PosixPermissions.changed(request, now, true);
    put(edit, Optional.empty(), changed);
    return changed;
  }

  private static Blob with(ContainerEdit edit, Blob blob, PathAccess access) {
    return blob.withAttributes(access.in(blob.attributes())).stamped(edit.stamp());
  }

  /** Gives a path, or the root, another access. */
  static void put(ContainerEdit edit, Optional<Blob> blob, PathAccess access) {
    edit.make(
        blob.map(b -> BlobChange.update(with(edit, b, access)))
            .orElseGet(() -> BlobChange.root(access.in(edit.before().root()))));
  }
}
