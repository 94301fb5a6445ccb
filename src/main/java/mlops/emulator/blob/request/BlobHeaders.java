package mlops.emulator.blob.request;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.ContentHeaders;
import mlops.emulator.http.Response;
import org.jspecify.annotations.Nullable;

/** The headers in which answers describe blobs and containers. */
public final class BlobHeaders {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  public static String date(Instant time) {
    return DATE.format(time);
  }

  /** An answer without body that says the new version of what was changed. */
  public static Response changed(int status, String etag, Instant lastModified) {
    return Response.empty(status)
        .with("ETag", "\"" + etag + "\"")
        .with("Last-Modified", date(lastModified));
  }

  public static Response changed(int status, Blob blob) {
    return changed(status, blob.etag(), blob.lastModified());
  }

  /** Everything that Get Blob and Get Blob Properties say of a blob. */
  public static Response describe(Response response, Blob blob, Map<String, String> overrides) {
    response.with("ETag", "\"" + blob.etag() + "\"");
    response.with("Last-Modified", date(blob.lastModified()));
    response.with("Accept-Ranges", "bytes");
    response.with("x-ms-blob-type", blob.kind().type);
    response.with("x-ms-creation-time", date(blob.createdOn()));
    response.with("x-ms-lease-state", "available").with("x-ms-lease-status", "unlocked");
    response.with("x-ms-server-encrypted", "true");
    if (blob.kind() == Blob.Kind.APPEND) {
      response.with("x-ms-blob-committed-block-count", "" + blob.blocks().size());
    }
    standard(blob.headers()).forEach(response::with);
    blob.metadata().forEach((name, value) -> response.with("x-ms-meta-" + name, value));
    if (blob.isDirectory()) {
      response.with("x-ms-meta-hdi_isfolder", "true").with("x-ms-resource-type", "directory");
    }
    blob.attributes().forEach(response::with);
    overrides.forEach(response::with);
    return response;
  }

  private static Map<String, String> standard(ContentHeaders headers) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("Content-Type", headers.type());
    putIfKnown(values, "Content-Encoding", headers.encoding());
    putIfKnown(values, "Content-Language", headers.language());
    putIfKnown(values, "Content-Disposition", headers.disposition());
    putIfKnown(values, "Cache-Control", headers.cacheControl());
    putIfKnown(values, "Content-MD5", headers.md5());
    return values;
  }

  private static void putIfKnown(Map<String, String> values, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      values.put(name, value);
    }
  }

  /** The standard headers that a request sets for a blob, in the {@code x-ms-blob-} spelling. */
  public static ContentHeaders ofRequest(StorageRequest request, boolean withPlainNames) {
    return new ContentHeaders(
        type(request, withPlainNames),
        value(request, "Content-Encoding", withPlainNames),
        value(request, "Content-Language", withPlainNames),
        request.header("x-ms-blob-content-disposition"),
        value(request, "Cache-Control", withPlainNames),
        request.header("x-ms-blob-content-md5"));
  }

  private static String type(StorageRequest request, boolean withPlainNames) {
    String type = value(request, "Content-Type", withPlainNames);
    return type == null ? ContentHeaders.OCTETS : type;
  }

  private static @Nullable String value(
      StorageRequest request, String name, boolean withPlainName) {
    String value = request.header("x-ms-blob-" + name);
    return value == null && withPlainName ? request.header(name) : value;
  }

  private BlobHeaders() {}
}
