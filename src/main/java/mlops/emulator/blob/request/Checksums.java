package mlops.emulator.blob.request;

import java.util.Base64;
import mlops.emulator.blob.content.WrittenFile;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Response;
import org.jspecify.annotations.Nullable;

/** The hashes that a client sends with a body, and those that the answer gives back. */
public final class Checksums {

  /** Whether the MD5 of a body is to be computed for the check. */
  public static boolean wantsMd5(StorageRequest request) {
    return request.header("Content-MD5") != null;
  }

  /**
   * Asks that what arrived is what was sent.
   *
   * @throws ApiException 400 Md5Mismatch, InvalidMd5 or Crc64Mismatch
   */
  public static void verify(StorageRequest request, WrittenFile written) {
    verifyMd5(request.header("Content-MD5"), written);
    String crc = request.header("x-ms-content-crc64");
    if (crc != null && !crc.equals(written.crc64())) {
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
    if (request.header("Content-MD5") != null && written.md5() != null) {
      return response.with("Content-MD5", written.md5());
    }
    return response.with("x-ms-content-crc64", written.crc64());
  }

  private Checksums() {}
}
