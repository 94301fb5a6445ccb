package mlops.emulator.blob.request;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import mlops.emulator.blob.content.HashingStream;
import mlops.emulator.blob.content.PartsStream;
import mlops.emulator.blob.content.WrittenFile;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Response;
import org.jspecify.annotations.Nullable;

/** The hashes that a client sends with a body, and those that the answer gives back. */
public final class Checksums {
  private static final String SOURCE_MD5 = "x-ms-source-content-md5";
  private static final String SOURCE_CRC = "x-ms-source-content-crc64";

  /** Whether the MD5 of a body is to be computed for the check. */
  public static boolean wantsMd5(StorageRequest request) {
    return request.header("Content-MD5") != null || request.header(SOURCE_MD5) != null;
  }

  /**
   * Asks that what arrived is what was sent.
   *
   * @throws ApiException 400 Md5Mismatch, InvalidMd5 or Crc64Mismatch
   */
  public static void verify(StorageRequest request, WrittenFile written) {
    verifyMd5(request.header("Content-MD5"), written);
    verifyCrc(request.header("x-ms-content-crc64"), written);
  }

  /** The same for what was read from another blob. */
  public static void verifySource(StorageRequest request, WrittenFile read) {
    verifyMd5(request.header(SOURCE_MD5), read);
    verifyCrc(request.header(SOURCE_CRC), read);
  }

  /** The same for a whole blob, which is read only where a hash of it was given. */
  public static void verifySource(StorageRequest request, Blob source) {
    List<String> given =
        Stream.of(SOURCE_MD5, "Content-MD5", "x-ms-blob-content-md5")
            .map(request::header)
            .filter(Objects::nonNull)
            .toList();
    if (given.isEmpty() && request.header(SOURCE_CRC) == null) {
      return;
    }
    WrittenFile hashed = hashed(new PartsStream(source.parts()));
    given.forEach(md5 -> verifyMd5(md5, hashed));
    verifyCrc(request.header(SOURCE_CRC), hashed);
  }

  /** The hashes of a body that is read at once, such as XML. */
  static void verify(StorageRequest request, byte[] body) {
    if (request.header("Content-MD5") != null || request.header("x-ms-content-crc64") != null) {
      verify(request, hashed(new ByteArrayInputStream(body)));
    }
  }

  private static WrittenFile hashed(InputStream content) {
    try (content;
        HashingStream hashing = new HashingStream(OutputStream.nullOutputStream(), true)) {
      content.transferTo(hashing);
      return new WrittenFile(Path.of(""), hashing.size(), hashing.md5(), hashing.crc64());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void verifyCrc(@Nullable String given, WrittenFile written) {
    if (given != null && !given.equals(written.crc64())) {
      throw ApiException.badRequest(
          "Crc64Mismatch",
          "The CRC64 value specified in the request did not match with the CRC64 value calculated by the server.");
    }
  }

  public static void verifyMd5(@Nullable String given, WrittenFile written) {
    if (given == null) {
      return;
    }
    requireMd5(given);
    if (!given.equals(written.md5())) {
      throw ApiException.badRequest(
              "Md5Mismatch",
              "The MD5 value specified in the request did not match with the MD5 value calculated by the server.")
          .withDetail("UserSpecifiedMd5", given)
          .withDetail("ServerCalculatedMd5", String.valueOf(written.md5()));
    }
  }

  /** Asks that a header is 128 bits in base64. */
  public static void requireMd5(String given) {
    try {
      if (Base64.getDecoder().decode(given).length == 16) {
        return;
      }
    } catch (IllegalArgumentException e) {
      // not base64: the same failure
    }
    throw ApiException.badRequest(
        "InvalidMd5",
        "The MD5 value specified in the request is invalid. The MD5 value must be 128 bits and Base64-encoded.");
  }

  /** Says what was computed: MD5 where it was asked for, and CRC-64 where it was not. */
  public static Response tell(Response response, StorageRequest request, WrittenFile written) {
    if (wantsMd5(request) && written.md5() != null) {
      return response.with("Content-MD5", written.md5());
    }
    return response.with("x-ms-content-crc64", written.crc64());
  }

  private Checksums() {}
}
