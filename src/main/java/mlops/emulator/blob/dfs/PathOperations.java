package mlops.emulator.blob.dfs;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.util.BinaryData;
import java.util.Map;
import java.util.Optional;
import mlops.emulator.blob.content.WrittenFile;
import mlops.emulator.blob.request.BlobHeaders;
import mlops.emulator.blob.request.Conditions;
import mlops.emulator.blob.request.PosixPermissions;
import mlops.emulator.blob.request.StorageRequest;
import mlops.emulator.blob.rest.BlobReads;
import mlops.emulator.blob.rest.BlobWrites;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.BlobChange;
import mlops.emulator.blob.store.ContainerBlobs;
import mlops.emulator.blob.store.ContentHeaders;
import mlops.emulator.blob.store.Directories;
import mlops.emulator.blob.store.NewBlob;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Response;

/** Create, read, properties and delete of files and directories. */
final class PathOperations {

  Response createFile(StorageRequest call) {
    Conditions conditions = call.conditions();
    Map<String, String> metadata = PathProperties.read(call);
    ContentHeaders headers = PathProperties.headers(call, ContentHeaders.ofType(null));
    Map<String, String> access = PosixPermissions.ofNew(call, false);
    ContainerBlobs container = call.container();
    WrittenFile nothing = container.contents().write(BinaryData.fromBytes(new byte[0]), false);
    try {
      Blob blob =
          container.change(
              edit -> {
                BlobWrites.requireWritable(call, conditions, edit.before().find(call.blob()));
                Directories.makeParents(call.account(), edit, call.blob());
                Blob file =
                    NewBlob.of(edit, call.blob(), Blob.Kind.BLOCK, nothing, headers, metadata);
                return edit.put(file.withAttributes(access));
              });
      return BlobHeaders.changed(201, blob).with("x-ms-request-server-encrypted", "true");
    } catch (ApiException e) {
      container.contents().discard(nothing.file());
      throw e;
    }
  }

  Response createDirectory(StorageRequest call) {
    DfsOperations.requireHierarchical(call);
    Conditions conditions = call.conditions();
    Map<String, String> metadata = PathProperties.read(call);
    Map<String, String> access = PosixPermissions.ofNew(call, true);
    Blob made =
        call.container()
            .change(
                edit -> {
                  BlobWrites.requireWritable(call, conditions, edit.before().find(call.blob()));
                  return Directories.make(call.account(), edit, call.blob(), metadata, access);
                });
    return BlobHeaders.changed(201, made).with("x-ms-request-server-encrypted", "true");
  }

  Response read(StorageRequest call) {
    Response response = new BlobReads().get(call);
    response.headers().remove(HttpHeaderName.fromString("x-ms-blob-type"));
    return response.with("x-ms-resource-type", "file");
  }

  Response properties(StorageRequest call) {
    Blob blob = call.find();
    call.conditions().checkRead(blob);
    Response response = Response.empty(200);
    BlobHeaders.describe(response, blob.withMetadata(Map.of()), call.grant().headers());
    PosixPermissions.describe(response, blob, false);
    return response
        .with("x-ms-resource-type", blob.isDirectory() ? "directory" : "file")
        .with("x-ms-properties", PathProperties.write(blob.metadata()))
        .with("Content-Length", Long.toString(blob.size()));
  }

  Response setProperties(StorageRequest call) {
    Map<String, String> metadata = PathProperties.read(call);
    Conditions conditions = call.conditions();
    Blob updated =
        call.container()
            .change(
                edit -> {
                  Blob blob =
                      edit.before().find(call.blob()).orElseThrow(StorageErrors::blobNotFound);
                  conditions.checkWrite(Optional.of(blob));
                  Blob changed =
                      blob.withMetadata(metadata)
                          .with(PathProperties.headers(call, blob.headers()))
                          .stamped(edit.stamp());
                  edit.make(BlobChange.update(changed));
                  return changed;
                });
    return BlobHeaders.changed(200, updated);
  }

  /** Deletes a file, or a directory with all that is in it in one step. */
  Response delete(StorageRequest call) {
    Conditions conditions = call.conditions();
    boolean recursive = call.query("recursive").orElse("").equalsIgnoreCase("true");
    call.container()
        .change(
            edit -> {
              Blob blob = edit.before().find(call.blob()).orElseThrow(StorageErrors::blobNotFound);
              conditions.checkWrite(Optional.of(blob));
              if (blob.isDirectory()) {
                if (!recursive && edit.before().hasBelow(blob.name())) {
                  throw new ApiException(
                      409,
                      "DirectoryNotEmpty",
                      "The recursive query parameter value must be true to delete a non-empty directory.");
                }
                edit.before()
                    .below(blob.name())
                    .forEach(b -> edit.make(BlobChange.delete(b.name())));
              }
              edit.make(BlobChange.delete(blob.name()));
              return blob;
            });
    return Response.empty(200);
  }
}
