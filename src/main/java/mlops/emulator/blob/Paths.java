package mlops.emulator.blob;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.util.BinaryData;
import java.util.Map;
import java.util.Optional;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Response;

/** Create, read, properties and delete of files and directories. */
final class Paths {

  Response createFile(Call call) {
    Conditions conditions = call.conditions();
    Map<String, String> metadata = PathProperties.read(call);
    ContentHeaders headers = PathProperties.headers(call, ContentHeaders.ofType(null));
    Map<String, String> access = AccessControl.ofNew(call, false);
    Container container = call.container();
    Written nothing = container.contents().write(BinaryData.fromBytes(new byte[0]), false);
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
      return Headers.changed(201, blob).with("x-ms-request-server-encrypted", "true");
    } catch (ApiException e) {
      container.contents().discard(nothing.file());
      throw e;
    }
  }

  Response createDirectory(Call call) {
    Dfs.requireHierarchical(call);
    Conditions conditions = call.conditions();
    Map<String, String> metadata = PathProperties.read(call);
    Map<String, String> access = AccessControl.ofNew(call, true);
    Blob made =
        call.container()
            .change(
                edit -> {
                  BlobWrites.requireWritable(call, conditions, edit.before().find(call.blob()));
                  return Directories.make(edit, call, metadata, access);
                });
    return Headers.changed(201, made).with("x-ms-request-server-encrypted", "true");
  }

  Response read(Call call) {
    Response response = new BlobReads().get(call);
    response.headers().remove(HttpHeaderName.fromString("x-ms-blob-type"));
    return response.with("x-ms-resource-type", "file");
  }

  Response properties(Call call) {
    Blob blob = call.find();
    call.conditions().checkRead(blob);
    Response response = Response.empty(200);
    Headers.describe(response, blob.withMetadata(Map.of()), call.grant().headers());
    AccessControl.describe(response, blob, false);
    return response
        .with("x-ms-resource-type", blob.isDirectory() ? "directory" : "file")
        .with("x-ms-properties", PathProperties.write(blob.metadata()))
        .with("Content-Length", Long.toString(blob.size()));
  }

  Response setProperties(Call call) {
    Map<String, String> metadata = PathProperties.read(call);
    Conditions conditions = call.conditions();
    Blob updated =
        call.container()
            .change(
                edit -> {
                  Blob blob = edit.before().find(call.blob()).orElseThrow(Errors::blobNotFound);
                  conditions.checkWrite(Optional.of(blob));
                  Blob changed =
                      blob.withMetadata(metadata)
                          .with(PathProperties.headers(call, blob.headers()))
                          .stamped(edit.stamp());
                  edit.make(Change.update(changed));
                  return changed;
                });
    return Headers.changed(200, updated);
  }

  /** Deletes a file, or a directory with all that is in it in one step. */
  Response delete(Call call) {
    Conditions conditions = call.conditions();
    boolean recursive = call.query("recursive").orElse("").equalsIgnoreCase("true");
    call.container()
        .change(
            edit -> {
              Blob blob = edit.before().find(call.blob()).orElseThrow(Errors::blobNotFound);
              conditions.checkWrite(Optional.of(blob));
              if (blob.isDirectory()) {
                if (!recursive && edit.before().hasBelow(blob.name())) {
                  throw new ApiException(
                      409,
                      "DirectoryNotEmpty",
                      "The recursive query parameter value must be true to delete a non-empty directory.");
                }
                edit.before().below(blob.name()).forEach(b -> edit.make(Change.delete(b.name())));
              }
              edit.make(Change.delete(blob.name()));
              return blob;
            });
    return Response.empty(200);
  }
}
