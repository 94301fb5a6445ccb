package mlops.emulator.blob.request;

import com.azure.core.http.HttpHeader;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mlops.emulator.blob.store.StorageErrors;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;

/**
 * The query parameters and headers that an operation reads. One that it does not read is refused by
 * its name and never passed over: the client would believe that it had been heard.
 *
 * @param names in lower case
 */
public record Parameters(Set<String> names) {
  private static final String METADATA_PREFIX = "x-ms-meta-";

  /** What says who asks, when and by which version, and how a client counts its requests. */
  private static final Parameters OF_ALL =
      of("timeout", "api-version", "x-ms-version", "x-ms-date", "x-ms-client-request-id")
          .and("x-ms-return-client-request-id", "x-ms-useragent", "x-ms-client-session-id")
          .and("x-ms-correlation-request-id", "x-ms-effective-locale", "x-ms-command-name")
          .and("sv", "ss", "srt", "sr", "st", "se", "sp", "sip", "spr", "si", "sig", "sdd", "ses")
          .and("skoid", "sktid", "skt", "ske", "sks", "skv", "saoid", "suoid", "scid")
          .and("skdutid", "sduoid", "srh", "srq", "rscc", "rscd", "rsce", "rscl", "rsct");

  public static final Parameters NONE = new Parameters(Set.of());
  public static final Parameters LEASE = of("x-ms-lease-id");
  public static final Parameters DATES = of("if-modified-since", "if-unmodified-since");
  public static final Parameters TIMES = LEASE.and(DATES);
  public static final Parameters MATCHES = DATES.and("if-match", "if-none-match");
  public static final Parameters IF_TAGS = of("x-ms-if-tags");
  public static final Parameters CONDITIONS = LEASE.and(MATCHES).and(IF_TAGS);
  public static final Parameters SOURCE_CONDITIONS =
      of("x-ms-source-if-match", "x-ms-source-if-none-match")
          .and("x-ms-source-if-modified-since", "x-ms-source-if-unmodified-since");
  public static final Parameters METADATA = of(METADATA_PREFIX);
  public static final Parameters CHECKSUMS = of("content-md5", "x-ms-content-crc64");
  public static final Parameters CONTENT_HEADERS =
      of("x-ms-blob-content-type", "x-ms-blob-content-encoding", "x-ms-blob-content-language")
          .and("x-ms-blob-content-disposition", "x-ms-blob-cache-control", "x-ms-blob-content-md5");
  public static final Parameters COPY_SOURCE =
      of("x-ms-copy-source", "x-ms-copy-source-authorization", "x-ms-source-content-md5")
          .and("x-ms-source-content-crc64");

  /**
   * What describes content that is written. Clients that send the same headers with everything send
   * it with reads too, where it says nothing, and storage passes over it.
   */
  private static final Parameters OF_WRITES =
      CONTENT_HEADERS
          .and(METADATA)
          .and("x-ms-blob-type", "x-ms-access-tier", "x-ms-tags", "x-ms-content-crc64");

  public static Parameters of(String... names) {
    return new Parameters(Set.of(names));
  }

  public Parameters and(String... more) {
    return new Parameters(
        Stream.concat(names.stream(), Arrays.stream(more)).collect(Collectors.toUnmodifiableSet()));
  }

  public Parameters and(Parameters more) {
    return and(more.names().toArray(String[]::new));
  }

  /**
   * Asks that a request has no others.
   *
   * @throws ApiException 501 that names one, or 400 UnsupportedHeader for a condition
   */
  void requireNoOther(Request request) {
    for (String name : request.query().keySet()) {
      if (!reads(name)) {
        throw unread(request, "query parameter " + name);
      }
    }
    boolean isRead = request.method().equals("GET") || request.method().equals("HEAD");
    for (HttpHeader header : request.headers()) {
      String name = header.getName().toLowerCase(Locale.ROOT);
      String known = name.startsWith(METADATA_PREFIX) ? METADATA_PREFIX : name;
      boolean saysNothing = isRead && OF_WRITES.names.contains(known);
      if (header.getValue().isEmpty() || reads(known) || saysNothing) {
        continue;
      }
      if (MATCHES.names.contains(name)) {
        throw StorageErrors.unsupportedHeader(header.getName());
      }
      if (name.startsWith("x-ms-")) {
        throw unread(request, "header " + header.getName());
      }
    }
  }

  private boolean reads(String name) {
    return names.contains(name) || OF_ALL.names.contains(name);
  }

  private static ApiException unread(Request request, String what) {
    return ApiException.notImplemented(
        "The embedded Azure does not read the %s of %s https://%s%s"
            .formatted(what, request.method(), request.host(), request.path()));
  }
}
