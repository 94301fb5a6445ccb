package mlops.emulator.blob.rest;

import java.util.Map;
import mlops.emulator.blob.content.ContentFiles;
import mlops.emulator.blob.lease.Lease;
import mlops.emulator.blob.request.BlobHeaders;
import mlops.emulator.blob.request.Conditions;
import mlops.emulator.blob.request.StorageRequest;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.BlobChange;
import mlops.emulator.blob.store.ContainerBlobs;
import mlops.emulator.blob.store.ContainerEdit;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.http.Response;

/** Snapshot Blob: keeps a blob as it is, by the time at which it was asked for. */
public final class SnapshotOperations {

  public Response create(StorageRequest request) {
    Map<String, String> metadata = request.metadata();
    Conditions conditions = request.conditions();
    ContainerBlobs container = request.container();
    container.findJoined(request.blob());
    return container.change(
        edit -> {
          Blob blob = request.current(edit.before());
          conditions.lease().requireTrue(blob.lease());
          conditions.require(blob);
          return keep(edit, container.contents(), blob, metadata);
        });
  }

  private static Response keep(
      ContainerEdit edit, ContentFiles contents, Blob blob, Map<String, String> metadata) {
    if (blob.isDirectory()) {
      throw StorageErrors.resourceTypeMismatch();
    }
    // What is written of a content never changes, even where it grows: a second name is enough.
    Blob kept = blob.with(blob.shared(contents)).with(Lease.NONE);
    Blob snapshot = metadata.isEmpty() ? kept : kept.withMetadata(metadata).stamped(edit.stamp());
    String at = edit.stamp().exactly();
    edit.make(BlobChange.snapshot(at, snapshot));
    return BlobHeaders.changed(201, snapshot)
        .with("x-ms-snapshot", at)
        .with("x-ms-request-server-encrypted", Boolean.toString(!metadata.isEmpty()));
  }
}
