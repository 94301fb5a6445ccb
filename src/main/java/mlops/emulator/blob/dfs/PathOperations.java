package mlops.emulator.blob.dfs;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.util.BinaryData;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import mlops.emulator.blob.acl.NewAccess;
import mlops.emulator.blob.content.WrittenFile;
import mlops.emulator.blob.lease.LeaseClaim;
import mlops.emulator.blob.request.BlobHeaders;
import mlops.emulator.blob.request.Conditions;
import mlops.emulator.blob.request.Parameters;
import mlops.emulator.blob.request.PosixPermissions;
import mlops.emulator.blob.request.StorageRequest;
import mlops.emulator.blob.rest.BlobReads;
import mlops.emulator.blob.rest.BlobWrites;
import mlops.emulator.blob.rest.ExpiryOperations;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.BlobBytes;
import mlops.emulator.blob.store.BlobChange;
import mlops.emulator.blob.store.BlobIndex;
import mlops.emulator.blob.store.BlobProperties;
import mlops.emulator.blob.store.ContainerBlobs;
import mlops.emulator.blob.store.ContentHeaders;
import mlops.emulator.blob.store.HierarchicalNamespace;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Response;

/** Create, read, properties and delete of files and directories. */
final class PathOperations {
  static final Parameters CREATE =
      Parameters.CONDITIONS
          .and(PathProperties.HEADERS)
          .and(PosixPermissions.HEADERS)
          .and("x-ms-properties", "x-ms-umask");

  Response createFile(StorageRequest request) {
    Conditions conditions = request.conditions();
    Map<String, String> metadata = PathProperties.read(request);
    ContentHeaders headers = PathProperties.headers(request, ContentHeaders.ofType(null));
    NewAccess access = PosixPermissions.ofNew(request, false);
    ContainerBlobs container = request.container();
    WrittenFile nothing = container.contents().write(BinaryData.fromBytes(new byte[0]), false);
    try {
      Blob blob =
          container.change(
              edit -> {
                BlobWrites.requireWritable(request, conditions, edit.before().find(request.blob()));
                Blob file =
                    edit.newBlob(
                        request.blob(), Blob.Kind.BLOCK, BlobBytes.of(nothing), headers, metadata);
                return edit.put(
                    ExpiryOperations.expiring(
                        request,
                        HierarchicalNamespace.placed(request.account(), edit, file, access)));
              });
      return BlobHeaders.changed(201, blob).with("x-ms-request-server-encrypted", "true");
    } catch (ApiException e) {
      container.contents().discard(nothing.file());
      throw e;
    }
  }

  Response createDirectory(StorageRequest request) {
    request.requireHierarchical();
    Conditions conditions = request.conditions();
    BlobProperties properties =
        BlobProperties.of(
            PathProperties.headers(request, ContentHeaders.ofType(null)),
            PathProperties.read(request));
    NewAccess access = PosixPermissions.ofNew(request, true);
    Blob made =
        request
            .container()
            .change(
                edit -> {
                  BlobWrites.requireWritable(
                      request, conditions, edit.before().find(request.blob()));
                  return HierarchicalNamespace.make(
                      request.account(), edit, request.blob(), properties, access);
                });
    return BlobHeaders.changed(201, made).with("x-ms-request-server-encrypted", "true");
  }

  Response read(StorageRequest request) {
    Response response = new BlobReads().get(request);
    response.headers().remove(HttpHeaderName.fromString("x-ms-blob-type"));
    return response.with("x-ms-resource-type", "file");
  }

  Response properties(StorageRequest request) {
    request.requireNot("upn", "turn object ids into names");
    Blob blob = request.find();
    request.conditions().checkRead(blob);
    Response response = Response.empty(200);
    BlobHeaders.describe(response, request, blob.withMetadata(Map.of()));
    PosixPermissions.describe(response, blob, false);
    return response
        .with("x-ms-resource-type", blob.isDirectory() ? "directory" : "file")
        .with("x-ms-properties", PathProperties.write(blob.metadata()))
        .with("Content-Length", Long.toString(blob.size()));
  }

  Response setProperties(StorageRequest request) {
    Map<String, String> metadata = PathProperties.read(request);
    return BlobWrites.update(
        request,
        blob -> blob.withMetadata(metadata).with(PathProperties.headers(request, blob.headers())));
  }

  /** Nothing goes that has snapshots, and nothing below a directory that someone holds. */
  private static void requireFree(
      BlobIndex index, Blob top, List<Blob> below, Conditions conditions) {
    LeaseClaim none = new LeaseClaim(null, "blob", conditions.lease().at());
    below.forEach(blob -> none.requireHolder(blob.lease()));
    Stream.concat(Stream.of(top), below.stream())
        .filter(blob -> !index.snapshots(blob.name()).isEmpty())
        .findAny()
        .ifPresent(
            blob -> {
              throw StorageErrors.snapshotsPresent();
            });
  }

  /** Deletes a file, or a directory with all that is in it in one step. */
  Response delete(StorageRequest request) {
    Conditions conditions = request.conditions();
    boolean recursive = request.flag("recursive");
    request.flag("paginated"); // a deletion is done in one step, whether it may take several or not
    request.requireNoContinuation();
    request
        .container()
        .change(
            edit -> {
              Blob blob = request.current(edit.before());
              conditions.checkWrite(Optional.of(blob));
              List<Blob> below = blob.isDirectory() ? edit.before().below(blob.name()) : List.of();
              requireFree(edit.before(), blob, below, conditions);
              if (!recursive && !below.isEmpty()) {
                throw new ApiException(
                    409,
                    "DirectoryNotEmpty",
                    "The recursive query parameter value must be true to delete a non-empty directory.");
              }
              below.forEach(b -> edit.make(BlobChange.delete(b.name())));
              edit.make(BlobChange.delete(blob.name()));
              return blob;
            });
    return Response.empty(200);
  }
}
