package mlops.emulator.blob.request;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import mlops.emulator.blob.lease.Lease;
import mlops.emulator.blob.lease.LeaseClaim;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.ContainerInfo;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.blob.tag.TagExpression;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.HttpDates;
import org.jspecify.annotations.Nullable;

/**
 * The conditional headers of a request. They ask about something that is there; reading what is not
 * there is a 404 whatever they ask.
 *
 * @param lease what the caller says of the lease
 */
public record Conditions(
    @Nullable String ifMatch,
    @Nullable String ifNoneMatch,
    @Nullable Instant ifModifiedSince,
    @Nullable Instant ifUnmodifiedSince,
    @Nullable String ifTags,
    LeaseClaim lease) {

  static Conditions of(StorageRequest request) {
    String thing = request.target().blob().isEmpty() ? "container" : "blob";
    return prefixed(
        request, "", new LeaseClaim(request.header("x-ms-lease-id"), thing, request.now()));
  }

  /** The conditions on the source of a copy or rename. */
  public static Conditions ofSource(StorageRequest request) {
    return prefixed(
        request,
        "x-ms-source-",
        new LeaseClaim(request.header("x-ms-source-lease-id"), "blob", request.now()));
  }

  private static Conditions prefixed(StorageRequest request, String prefix, LeaseClaim lease) {
    return new Conditions(
        request.header(prefix + "If-Match"),
        request.header(prefix + "If-None-Match"),
        time(request, prefix + "If-Modified-Since"),
        time(request, prefix + "If-Unmodified-Since"),
        prefix.isEmpty() ? request.header("x-ms-if-tags") : null,
        lease);
  }

  private static @Nullable Instant time(StorageRequest request, String header) {
    String text = request.header(header);
    return text == null
        ? null
        : HttpDates.read(text).orElseThrow(() -> StorageErrors.invalidHeader(header, text));
  }

  /**
   * Asks that what is read meets the conditions.
   *
   * @throws ApiException 304 where the reader has it already, 412 where it is another one
   */
  private void checkRead(String etag, Instant lastModified) {
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
    lease.requireTrue(blob.lease());
    checkTags(blob);
    checkRead(blob.etag(), blob.lastModified());
  }

  /**
   * Asks that what is written over, or is not there, meets the conditions.
   *
   * @throws ApiException 409 BlobAlreadyExists for {@code If-None-Match: *}, else 412
   */
  public void checkWrite(Optional<Blob> current) {
    lease.requireHolder(current.map(Blob::lease).orElse(Lease.NONE));
    if (current.isEmpty()) {
      if (ifMatch != null || ifTags != null) {
        throw StorageErrors.conditionNotMet(412);
      }
      return;
    }
    if ("*".equals(ifNoneMatch)) {
      throw StorageErrors.blobAlreadyExists();
    }
    require(current.get());
  }

  /** The same for a container, which only its deletion asks to be the holder for. */
  public void checkWrite(ContainerInfo container) {
    lease.requireTrue(container.lease());
    require(container);
  }

  /**
   * Asks that a blob meets the conditions, whoever holds its lease.
   *
   * @throws ApiException 412
   */
  public void require(Blob blob) {
    checkTags(blob);
    require(blob.etag(), blob.lastModified());
  }

  private void checkTags(Blob blob) {
    if (ifTags == null) {
      return;
    }
    TagExpression wanted =
        TagExpression.condition(ifTags, () -> StorageErrors.invalidHeader("x-ms-if-tags", ifTags));
    if (!wanted.test().test(blob.tags())) {
      throw StorageErrors.conditionNotMet(412);
    }
  }

  /** The same of a container. */
  public void require(ContainerInfo container) {
    require(container.etag(), container.lastModified());
  }

  private void require(String etag, Instant lastModified) {
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
    lease.requireTrue(blob.lease());
    require(blob.etag(), blob.lastModified());
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
