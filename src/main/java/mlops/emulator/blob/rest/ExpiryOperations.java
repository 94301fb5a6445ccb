package mlops.emulator.blob.rest;

import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import mlops.emulator.blob.request.BlobHeaders;
import mlops.emulator.blob.request.Parameters;
import mlops.emulator.blob.request.StorageRequest;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.http.HttpDates;
import mlops.emulator.http.Response;

/** Set Expiry: when a file of a hierarchical account goes by itself, to the second. */
public final class ExpiryOperations {
  private static final String OPTION = "x-ms-expiry-option";

  /** The headers that say it, with the creation of a file too. */
  public static final Parameters HEADERS = Parameters.of(OPTION, Blob.EXPIRY);

  public Response set(StorageRequest request) {
    request.requireHierarchical();
    if (request.header(OPTION) == null) {
      throw StorageErrors.missingHeader(OPTION);
    }
    Blob changed =
        request.update(
            (edit, blob) -> {
              if (blob.isDirectory()) {
                throw StorageErrors.resourceTypeMismatch();
              }
              return expiring(request, blob);
            });
    return BlobHeaders.changed(200, changed);
  }

  /** A file that goes when the request says so. */
  public static Blob expiring(StorageRequest request, Blob blob) {
    Map<String, String> attributes = new HashMap<>(blob.attributes());
    attributes.remove(Blob.EXPIRY);
    time(request, blob.createdOn())
        .ifPresent(time -> attributes.put(Blob.EXPIRY, HttpDates.write(time)));
    return blob.withAttributes(attributes);
  }

  private static Optional<Instant> time(StorageRequest request, Instant created) {
    String option = request.header(OPTION);
    String kind = option == null ? "neverexpire" : option.toLowerCase(Locale.ROOT);
    return switch (kind) {
      case "neverexpire" -> never(request);
      case "relativetocreation" -> Optional.of(created.plusMillis(milliseconds(request)));
      case "relativetonow" -> Optional.of(request.now().plusMillis(milliseconds(request)));
      case "absolute" -> Optional.of(absolute(request));
      default -> throw StorageErrors.invalidHeader(OPTION, "" + option);
    };
  }

  private static Optional<Instant> never(StorageRequest request) {
    String time = request.header(Blob.EXPIRY);
    if (time != null) {
      throw StorageErrors.invalidHeader(Blob.EXPIRY, time);
    }
    return Optional.empty();
  }

  private static long milliseconds(StorageRequest request) {
    return request.number(Blob.EXPIRY).orElseThrow(() -> StorageErrors.missingHeader(Blob.EXPIRY));
  }

  private static Instant absolute(StorageRequest request) {
    String text = request.header(Blob.EXPIRY);
    if (text == null) {
      throw StorageErrors.missingHeader(Blob.EXPIRY);
    }
    return HttpDates.read(text)
        .filter(time -> time.isAfter(request.now()))
        .orElseThrow(() -> StorageErrors.invalidHeader(Blob.EXPIRY, text));
  }
}
