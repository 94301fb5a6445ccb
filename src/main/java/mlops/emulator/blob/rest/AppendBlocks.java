package mlops.emulator.blob.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mlops.emulator.blob.content.ContentFiles;
import mlops.emulator.blob.content.WrittenFile;
import mlops.emulator.blob.request.BlobHeaders;
import mlops.emulator.blob.request.Checksums;
import mlops.emulator.blob.request.StorageRequest;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.BlobBytes;
import mlops.emulator.blob.store.ContainerBlobs;
import mlops.emulator.blob.store.ContainerEdit;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Response;

/** Append Block: adds to the end of an append blob. */
public final class AppendBlocks {
  private static final int LARGEST = 100 << 20;
  private static final int MOST = 50_000;

  public Response append(StorageRequest request) {
    ContainerBlobs container = request.container();
    WrittenFile written =
        container.contents().write(request.http().body(), Checksums.wantsMd5(request));
    try {
      Checksums.verify(request, written);
      if (written.size() == 0 || written.size() > LARGEST) {
        throw StorageErrors.invalidHeader("Content-Length", Long.toString(written.size()));
      }
      Blob blob = container.change(edit -> append(edit, request, container.contents(), written));
      long offset = blob.size() - written.size();
      return Checksums.tell(BlobHeaders.changed(201, blob), request, written)
          .with("x-ms-blob-append-offset", Long.toString(offset))
          .with("x-ms-blob-committed-block-count", "" + blob.blocks().size())
          .with("x-ms-request-server-encrypted", "true");
    } finally {
      container.contents().discard(written.file());
    }
  }

  private static Blob append(
      ContainerEdit edit, StorageRequest request, ContentFiles contents, WrittenFile written) {
    Optional<Long> position = request.number("x-ms-blob-condition-appendpos");
    Optional<Long> largest = request.number("x-ms-blob-condition-maxsize");
    Blob there = request.current(edit.before());
    request.conditions().checkWrite(Optional.of(there));
    requireRoom(there, written.size(), position, largest);
    contents.append(written, there.content(), there.size());
    List<BlobBytes.Block> blocks = new ArrayList<>(there.blocks());
    blocks.add(BlobBytes.Block.joined("" + blocks.size(), written.size()));
    return edit.put(
        there.with(there.bytes().grown(written.size(), written.crc64()).withBlocks(blocks)));
  }

  private static void requireRoom(
      Blob blob, long more, Optional<Long> position, Optional<Long> largest) {
    if (blob.kind() != Blob.Kind.APPEND) {
      throw StorageErrors.invalidBlobType();
    }
    if (position.isPresent() && position.get() != blob.size()) {
      throw new ApiException(
          412,
          "AppendPositionConditionNotMet",
          "The append position condition specified was not met.");
    }
    if (largest.isPresent() && blob.size() + more > largest.get()) {
      throw new ApiException(
          412, "MaxBlobSizeConditionNotMet", "The max blob size condition specified was not met.");
    }
    if (blob.blocks().size() >= MOST) {
      throw new ApiException(
          409,
          "BlockCountExceedsLimit",
          "The committed block count cannot exceed the maximum limit of 50,000 blocks.");
    }
  }
}
