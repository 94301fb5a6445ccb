package mlops.emulator.blob.request;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import org.jspecify.annotations.Nullable;

/** The conditional headers of a request. */
public record Conditions(
    @Nullable String ifMatch,
    @Nullable String ifNoneMatch,
    @Nullable Instant ifModifiedSince,
    @Nullable Instant ifUnmodifiedSince) {

  static Conditions of(Request request) {
    return prefixed(request, "");
  }

  /** The conditions on the source of a copy or rename. */
  public static Conditions ofSource(Request request) {
    return prefixed(request, "x-ms-source-");
  }

  private static Conditions prefixed(Request request, String prefix) {
    if (request.header("x-ms-if-tags") != null || request.header("x-ms-source-if-tags") != null) {
      throw ApiException.notImplemented("The embedded Azure has no conditions on blob tags.");
    }
    if (prefix.isEmpty()) {
      requireNoLease(request);
    }
    return new Conditions(
        request.header(prefix + "If-Match"),
        request.header(prefix + "If-None-Match"),
        time(request, prefix + "If-Modified-Since"),
        time(request, prefix + "If-Unmodified-Since"));
  }

  /** Nothing here is ever leased. */
  private static void requireNoLease(Request request) {
    if (request.header("x-ms-lease-id") != null) {
      throw new ApiException(
          412, "LeaseNotPresentWithBlobOperation", "There is currently no lease on the blob.");
    }
  }

  private static @Nullable Instant time(Request request, String header) {
    String text = request.header(header);
    if (text == null) {
      return null;
    }
    try {
      return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException e) {
      throw StorageErrors.invalidHeader(header, text);
    }
  }

  /**
   * Asks that what is read meets the conditions.
   *
   * @throws ApiException 304 where the reader has it already, 412 where it is another one
   */
  void checkRead(String etag, Instant lastModified) {
    if ("*".equals(ifNoneMatch)) {
      throw ApiException.badRequest(
          "UnsatisfiableCondition",
          "The request includes an unsatisfiable condition for this operation.");
    }
    if (ifMatch != null && !matches(ifMatch, etag)) {
      throw StorageErrors.conditionNotMet(412);
    }
    if (ifUnmodifiedSince != null && seconds(lastModified).isAfter(ifUnmodifiedSince)) {
      throw StorageErrors.conditionNotMet(412);
    }
    if (ifNoneMatch != null && matches(ifNoneMatch, etag)) {
      throw StorageErrors.conditionNotMet(304);
    }
    if (ifModifiedSince != null && !seconds(lastModified).isAfter(ifModifiedSince)) {
      throw StorageErrors.conditionNotMet(304);
    }
  }

  public void checkRead(Blob blob) {
    checkRead(blob.etag(), blob.lastModified());
  }

  /**
   * Asks that what is written over, or is not there, meets the conditions.
   *
   * @throws ApiException 409 BlobAlreadyExists for {@code If-None-Match: *}, else 412
   */
  public void checkWrite(Optional<Blob> current) {
    if (current.isEmpty()) {
      if (ifMatch != null) {
        throw StorageErrors.conditionNotMet(412);
      }
      return;
    }
    if ("*".equals(ifNoneMatch)) {
      throw StorageErrors.blobAlreadyExists();
    }
    checkWrite(current.get().etag(), current.get().lastModified());
  }

  public void checkWrite(String etag, Instant lastModified) {
    boolean met =
        (ifMatch == null || matches(ifMatch, etag))
            && (ifNoneMatch == null || !matches(ifNoneMatch, etag))
            && (ifModifiedSince == null || seconds(lastModified).isAfter(ifModifiedSince))
            && (ifUnmodifiedSince == null || !seconds(lastModified).isAfter(ifUnmodifiedSince));
    if (!met) {
      throw StorageErrors.conditionNotMet(412);
    }
  }

  /** The same for the source of a copy; all failures are 412. */
  public void checkSource(Blob blob) {
    checkWrite(blob.etag(), blob.lastModified());
  }

  /** Headers have no fractions of a second. */
  private static Instant seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }

  private static boolean matches(String condition, String etag) {
    return Arrays.stream(condition.split(","))
        .map(c -> c.strip().replace("\"", ""))
        .anyMatch(c -> c.equals("*") || c.equals(etag));
  }
}
