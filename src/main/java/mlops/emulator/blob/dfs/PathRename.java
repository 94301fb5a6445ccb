package mlops.emulator.blob.dfs;

import java.util.Optional;
import mlops.emulator.blob.request.BlobHeaders;
import mlops.emulator.blob.request.Conditions;
import mlops.emulator.blob.request.StorageRequest;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.BlobChange;
import mlops.emulator.blob.store.BlobIndex;
import mlops.emulator.blob.store.ContainerEdit;
import mlops.emulator.blob.store.Directories;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Response;
import mlops.emulator.http.Urls;

/** Rename of files and directories: one change, whatever is below. */
final class PathRename {

  Response rename(StorageRequest request) {
    String header = request.header("x-ms-rename-source");
    if (header == null) {
      throw StorageErrors.missingHeader("x-ms-rename-source");
    }
    DfsOperations.requireHierarchical(request);
    String source = source(request, header);
    Blob renamed = request.container().change(edit -> rename(edit, request, source));
    return BlobHeaders.changed(201, renamed);
  }

  private static Blob rename(ContainerEdit edit, StorageRequest request, String source) {
    Blob from = edit.before().find(source).orElseThrow(PathRename::sourceNotFound);
    Conditions.ofSource(request.http()).checkSource(from);
    Optional<Blob> there = edit.before().find(request.blob());
    request.conditions().checkWrite(there);
    requirePlace(request, edit.before(), from, there);
    if (!from.name().equals(request.blob())) {
      edit.make(BlobChange.move(source, request.blob()));
    }
    return from.named(request.blob());
  }

  private static ApiException sourceNotFound() {
    return ApiException.notFound(
        "SourcePathNotFound", "The source path for a rename operation does not exist.");
  }

  private static String source(StorageRequest request, String header) {
    int mark = header.indexOf('?');
    String path = Urls.decode(mark < 0 ? header : header.substring(0, mark));
    String[] parts = path.split("/", 3);
    if (parts.length < 3 || !parts[0].isEmpty() || parts[2].isEmpty()) {
      throw ApiException.badRequest(
          "InvalidRenameSourcePath", "The source path for a rename operation is invalid.");
    }
    if (!parts[1].equals(request.target().container())) {
      throw ApiException.notImplemented(
          "The embedded Azure renames within a filesystem only, not from %s to %s"
              .formatted(parts[1], request.target().container()));
    }
    return Directories.path(parts[2]);
  }

  private static void requirePlace(
      StorageRequest request, BlobIndex index, Blob from, Optional<Blob> there) {
    String to = request.blob();
    int slash = to.lastIndexOf('/');
    if (slash > 0 && index.find(to.substring(0, slash)).filter(Blob::isDirectory).isEmpty()) {
      throw ApiException.notFound(
          "RenameDestinationParentPathNotFound",
          "The parent directory of the destination path does not exist.");
    }
    if (to.isEmpty() || to.startsWith(from.name() + "/")) {
      throw new ApiException(
          409,
          "InvalidDestinationPath",
          "The specified path, or an element of the path, exists and its resource type is invalid for this operation.");
    }
    if (there.isPresent() && there.get().isDirectory() != from.isDirectory()) {
      throw new ApiException(
          409,
          "InvalidSourceOrDestinationResourceType",
          "The source and destination resource type must be identical.");
    }
    if (!from.name().equals(to) && index.hasBelow(to)) {
      throw new ApiException(
          409, "PathAlreadyExists", "The specified path already exists and is not empty.");
    }
  }
}
