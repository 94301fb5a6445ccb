package mlops.emulator.blob.rest;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.util.BinaryData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Optional;
import mlops.emulator.blob.content.Crc64;
import mlops.emulator.blob.content.PartsStream;
import mlops.emulator.blob.request.BlobHeaders;
import mlops.emulator.blob.request.ByteRange;
import mlops.emulator.blob.request.Parameters;
import mlops.emulator.blob.request.StorageRequest;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.http.Response;
import mlops.emulator.state.StandardHashes;

/** Get Blob and Get Blob Properties. */
public final class BlobReads {
  /** Up to this size a content is read at once, which is quicker than to stream it. */
  private static final int SMALL = 1 << 18;

  private static final int CHUNK = 1 << 18;
  private static final String RANGE_MD5 = "x-ms-range-get-content-md5";
  private static final String RANGE_CRC = "x-ms-range-get-content-crc64";

  /** What is read of a request for content. */
  public static final Parameters CONTENT =
      Parameters.CONDITIONS.and("x-ms-range", RANGE_MD5, RANGE_CRC);

  private static final int LARGEST_HASHED_RANGE = 4 << 20;

  public Response properties(StorageRequest request) {
    Blob blob = request.find();
    request.conditions().checkRead(blob);
    Response response = BlobHeaders.describe(Response.empty(200), request, blob);
    if (blob.kind() == Blob.Kind.BLOCK) {
      if (!blob.attributes().containsKey("x-ms-access-tier")) {
        response.with("x-ms-access-tier", "Hot").with("x-ms-access-tier-inferred", "true");
      }
    }
    return response.with("Content-Length", Long.toString(blob.size()));
  }

  public Response get(StorageRequest request) {
    Blob blob = request.find();
    request.conditions().checkRead(blob);
    Optional<ByteRange> asked = ByteRange.of(request, blob.size());
    ByteRange range = asked.orElse(new ByteRange(0, blob.size()));
    BinaryData body = content(blob, range);
    Response response = Response.of(asked.isPresent() ? 206 : 200, "", body);
    BlobHeaders.describe(response, request, blob);
    if (asked.isPresent()) {
      response.with(
          "Content-Range",
          "bytes %d-%d/%d"
              .formatted(range.start(), range.start() + range.length() - 1, blob.size()));
      hashRange(request, response, blob, range, body);
    } else if (request.isTrue(RANGE_MD5) || request.isTrue(RANGE_CRC)) {
      throw StorageErrors.invalidHeader(RANGE_MD5, "true"); // of a range, and there is none
    }
    return response.with("Content-Length", Long.toString(range.length()));
  }

  /** The bytes of a part of a blob, which are read when they are sent, but for small parts. */
  static BinaryData content(Blob blob, ByteRange range) {
    if (range.length() == 0) {
      return BinaryData.fromBytes(new byte[0]);
    }
    if (range.length() > SMALL && !blob.isInPieces()) {
      return BinaryData.fromFile(blob.content(), range.start(), range.length(), CHUNK);
    }
    PartsStream stream = new PartsStream(range.of(blob.parts()));
    if (range.length() > SMALL) {
      return BinaryData.fromStream(stream, range.length());
    }
    try (stream) {
      return BinaryData.fromBytes(stream.readNBytes((int) range.length()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void hashRange(
      StorageRequest request, Response response, Blob blob, ByteRange range, BinaryData body) {
    String whole = blob.contentMd5();
    if (whole != null) {
      response.with("x-ms-blob-content-md5", whole);
    }
    response.headers().remove(HttpHeaderName.CONTENT_MD5);
    boolean md5 = request.isTrue(RANGE_MD5);
    boolean crc = request.isTrue(RANGE_CRC);
    if (!md5 && !crc) {
      return;
    }
    if (range.length() > LARGEST_HASHED_RANGE || (md5 && crc)) {
      throw StorageErrors.invalidHeader(RANGE_MD5, "true");
    }
    byte[] bytes = body.toBytes();
    if (md5) {
      byte[] digest = StandardHashes.md5().digest(bytes);
      response.with("Content-MD5", Base64.getEncoder().encodeToString(digest));
    } else {
      Crc64 sum = new Crc64();
      sum.update(bytes, 0, bytes.length);
      response.with("x-ms-content-crc64", sum.base64());
    }
  }
}
