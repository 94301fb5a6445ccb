package mlops.emulator.blob.dfs;

import java.util.Optional;
import mlops.emulator.blob.request.BlobHeaders;
import mlops.emulator.blob.request.Conditions;
import mlops.emulator.blob.request.Parameters;
import mlops.emulator.blob.request.RenameSource;
import mlops.emulator.blob.request.StorageRequest;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.BlobChange;
import mlops.emulator.blob.store.BlobIndex;
import mlops.emulator.blob.store.ContainerEdit;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Response;

/** Rename of files and directories: one change, whatever is below. */
final class PathRename {
  static final Parameters PARAMETERS =
      Parameters.CONDITIONS
          .and(Parameters.SOURCE_CONDITIONS)
          .and(RenameSource.HEADER, "x-ms-source-lease-id", "mode", "continuation");

  private final RenameSource sources;

  PathRename(RenameSource sources) {
    this.sources = sources;
  }

  Response rename(StorageRequest request) {
    if (request.header(RenameSource.HEADER) == null) {
      throw StorageErrors.missingHeader(RenameSource.HEADER);
    }
    request.requireHierarchical();
    requireLegacy(request.query("mode").orElse(""));
    request.requireNoContinuation();
    String source = sources.path(request);
    Blob renamed = request.container().change(edit -> rename(edit, request, source));
    return BlobHeaders.changed(201, renamed);
  }

  /** In the other mode a directory may replace an empty one, and a file a link. */
  private static void requireLegacy(String mode) {
    if (mode.equalsIgnoreCase("posix")) {
      throw ApiException.notImplemented("The embedded Azure does not rename with mode=posix.");
    }
    if (!mode.isEmpty() && !mode.equalsIgnoreCase("legacy")) {
      throw StorageErrors.invalidQuery("mode", mode);
    }
  }

  private static Blob rename(ContainerEdit edit, StorageRequest request, String source) {
    Blob from = edit.before().find(source).orElseThrow(PathRename::sourceNotFound);
    Conditions ofSource = Conditions.ofSource(request);
    ofSource.lease().requireHolder(from.lease());
    ofSource.checkSource(from);
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
