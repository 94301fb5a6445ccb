package mlops.emulator.blob.dfs;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import mlops.emulator.blob.content.ContentFiles;
import mlops.emulator.blob.content.HashingStream;
import mlops.emulator.blob.content.WrittenFile;
import mlops.emulator.blob.request.BlobHeaders;
import mlops.emulator.blob.request.Checksums;
import mlops.emulator.blob.request.Conditions;
import mlops.emulator.blob.request.Parameters;
import mlops.emulator.blob.request.StorageRequest;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.BlobBytes;
import mlops.emulator.blob.store.BlobChange;
import mlops.emulator.blob.store.BlobIndex;
import mlops.emulator.blob.store.ContainerBlobs;
import mlops.emulator.blob.store.ContentHeaders;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Response;

/** Append and flush: bytes behind the end of a file, which count once they are flushed. */
final class PathContent {
  private static final int BUFFER = 1 << 16;
  static final Parameters APPEND =
      Parameters.LEASE.and(Parameters.CHECKSUMS).and("position", "flush");
  static final Parameters FLUSH =
      Parameters.CONDITIONS
          .and(PathProperties.HEADERS)
          .and("x-ms-content-md5", "position", "retainuncommitteddata", "close");

  Response append(StorageRequest request) {
    long position = position(request);
    boolean flush = request.flag("flush");
    ContainerBlobs container = request.container();
    container.findJoined(request.blob());
    Blob file = container.read(index -> file(index, request));
    request.conditions().lease().requireHolder(file.lease());
    if (position < file.size()) {
      throw StorageErrors.invalidQuery("position", Long.toString(position));
    }
    WrittenFile written = writeAt(request, content(container, file), position);
    Checksums.verify(request, written);
    container.change(
        edit -> {
          Blob now = file(edit.before(), request);
          if (!now.bytes().file().equals(file.bytes().file())) {
            throw StorageErrors
                .blobNotFound(); // made anew meanwhile; what was written went with the old
          }
          edit.make(
              BlobChange.append(
                  request.blob(),
                  new BlobIndex.Appended(position, written.size(), written.crc64())));
          return now;
        });
    if (flush) {
      return flushTo(request, position + written.size(), 202);
    }
    return Checksums.tell(
        Response.empty(202).with("x-ms-request-server-encrypted", "true"), request, written);
  }

  /** The file to write to; it was looked at when the first of what is not flushed came. */
  private static Path content(ContainerBlobs container, Blob file) {
    boolean first = container.read(index -> index.appended(file.name()).isEmpty());
    Path content = first ? file.content() : file.bytes().file();
    return ContentFiles.isShared(content)
        ? container.change(
            edit -> {
              container.contents().own(content);
              return content;
            })
        : content;
  }

  /** The file with what was appended, which is read again only where parts of it overlap. */
  private static BlobBytes grown(Blob file, List<BlobIndex.Appended> appended, long position) {
    BlobBytes bytes = file.bytes();
    for (BlobIndex.Appended part : inOrder(appended)) {
      if (part.crc64() == null || part.position() != bytes.size()) {
        return file.bytes().sized(position).sealed();
      }
      bytes = bytes.grown(part.length(), part.crc64());
    }
    return bytes.size() == position ? bytes : file.bytes().sized(position).sealed();
  }

  private static List<BlobIndex.Appended> inOrder(List<BlobIndex.Appended> appended) {
    return appended.stream()
        .sorted(Comparator.comparingLong(BlobIndex.Appended::position))
        .toList();
  }

  private static WrittenFile writeAt(StorageRequest request, Path content, long position) {
    try (FileChannel channel = FileChannel.open(content, CREATE, WRITE)) {
      channel.position(position);
      OutputStream out = Channels.newOutputStream(channel);
      try (HashingStream hashing = new HashingStream(out, Checksums.wantsMd5(request))) {
        BufferedOutputStream buffered = new BufferedOutputStream(hashing, BUFFER);
        request.http().body().writeTo(buffered);
        buffered.flush();
        return new WrittenFile(content, hashing.size(), hashing.md5(), hashing.crc64());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Response flush(StorageRequest request) {
    request.requireNot("retainuncommitteddata", "keep bytes behind the end of a flush");
    request.flag("close"); // for events, and nobody here is told of any
    return flushTo(request, position(request), 200);
  }

  private static Response flushTo(StorageRequest request, long position, int status) {
    Conditions conditions = request.conditions();
    Blob flushed =
        request
            .container()
            .change(
                edit -> {
                  Blob file = file(edit.before(), request);
                  conditions.checkWrite(Optional.of(file));
                  requireContiguous(file, edit.before().appended(request.blob()), position);
                  ContentHeaders headers =
                      PathProperties.headers(request, file.headers().withMd5(null));
                  BlobBytes bytes = grown(file, edit.before().appended(request.blob()), position);
                  return edit.put(file.with(bytes).with(headers));
                });
    return BlobHeaders.changed(status, flushed).with("x-ms-request-server-encrypted", "false");
  }

  private static Blob file(BlobIndex index, StorageRequest request) {
    Blob blob = request.current(index);
    if (blob.isDirectory()) {
      throw StorageErrors.resourceTypeMismatch();
    }
    return blob;
  }

  /** Asks that the bytes from the end of the file to the position are all there. */
  private static void requireContiguous(
      Blob file, List<BlobIndex.Appended> appended, long position) {
    long end = file.size();
    for (BlobIndex.Appended part : inOrder(appended)) {
      if (part.position() <= end) {
        end = Math.max(end, part.position() + part.length());
      }
    }
    if (end != position) {
      throw ApiException.badRequest(
          "InvalidFlushPosition",
          "The uploaded data is not contiguous or the position query parameter value is not equal to the length of the file after appending the uploaded data.");
    }
  }

  private static long position(StorageRequest request) {
    String text =
        request
            .query("position")
            .orElseThrow(
                () ->
                    ApiException.badRequest(
                        "MissingRequiredQueryParameter",
                        "A query parameter that's mandatory for this request is not specified."));
    if (!text.matches("\\d{1,18}")) {
      throw StorageErrors.invalidQuery("position", text);
    }
    return Long.parseLong(text);
  }
}
