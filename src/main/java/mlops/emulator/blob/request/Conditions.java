package mlops.emulator.blob.request;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.HttpDates;
import org.jspecify.annotations.Nullable;

/**
 * The conditional headers of a request. They ask about something that is there; reading what is not
 * there is a 404 whatever they ask.
 *
 * @param lease what is answered where the caller believes to hold a lease
 */
public record Conditions(
    @Nullable String ifMatch,
    @Nullable String ifNoneMatch,
    @Nullable Instant ifModifiedSince,
    @Nullable Instant ifUnmodifiedSince,
    Optional<ApiException> lease) {

  static Conditions of(StorageRequest request) {
    boolean container = request.target().blob().isEmpty();
    Optional<ApiException> lease =
        Optional.ofNullable(request.header("x-ms-lease-id"))
            .map(id -> StorageErrors.leaseNotPresent(container));
    return prefixed(request, "", lease);
  }

  /** The conditions on the source of a copy or rename. */
  public static Conditions ofSource(StorageRequest request) {
    Optional<ApiException> lease =
        Optional.ofNullable(request.header("x-ms-source-lease-id"))
            .map(id -> StorageErrors.leaseNotPresent(false));
    return prefixed(request, "x-ms-source-", lease);
  }

  private static Conditions prefixed(
      StorageRequest request, String prefix, Optional<ApiException> lease) {
    return new Conditions(
        request.header(prefix + "If-Match"),
        request.header(prefix + "If-None-Match"),
        time(request, prefix + "If-Modified-Since"),
        time(request, prefix + "If-Unmodified-Since"),
        lease);
  }

  private static @Nullable Instant time(StorageRequest request, String header) {
    String text = request.header(header);
    return text == null
        ? null
        : HttpDates.read(text).orElseThrow(() -> StorageErrors.invalidHeader(header, text));
  }

  /**
   * Nothing here is ever leased.
   *
   * @throws ApiException 412 where the caller believes otherwise
   */
  public void requireNoLease() {
    if (lease.isPresent()) {
      throw lease.get();
    }
  }

  /**
   * Asks that what is read meets the conditions.
   *
   * @throws ApiException 304 where the reader has it already, 412 where it is another one
   */
  void checkRead(String etag, Instant lastModified) {
    requireNoLease();
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
    requireNoLease();
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
    requireNoLease();
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
