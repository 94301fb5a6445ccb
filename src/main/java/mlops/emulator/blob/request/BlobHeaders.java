package mlops.emulator.blob.request;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import mlops.emulator.blob.lease.Lease;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.ContainerInfo;
import mlops.emulator.blob.store.ContentHeaders;
import mlops.emulator.http.HttpDates;
import mlops.emulator.http.Response;
import org.jspecify.annotations.Nullable;

/** The headers in which answers describe blobs and containers. */
public final class BlobHeaders {
  /** How the blob endpoint spells the standard headers. */
  public static final String OF_BLOBS = "x-ms-blob-";

  /** An answer without body that says the new version of what was changed. */
  private static Response changed(int status, String etag, Instant lastModified) {
    return Response.empty(status)
        .with("ETag", "\"" + etag + "\"")
        .with("Last-Modified", HttpDates.write(lastModified));
  }

  public static Response changed(int status, Blob blob) {
    return changed(status, blob.etag(), blob.lastModified());
  }

  public static Response changed(int status, ContainerInfo container) {
    return changed(status, container.etag(), container.lastModified());
  }

  /** Everything that Get Blob and Get Blob Properties say of a blob. */
  public static Response describe(Response response, StorageRequest request, Blob blob) {
    response.with("ETag", "\"" + blob.etag() + "\"");
    response.with("Last-Modified", HttpDates.write(blob.lastModified()));
    response.with("Accept-Ranges", "bytes");
    response.with("x-ms-blob-type", blob.kind().type);
    response.with("x-ms-creation-time", HttpDates.write(blob.createdOn()));
    lease(response, blob.lease(), request.now());
    response.with("x-ms-server-encrypted", "true");
    if (!blob.tags().isEmpty()) {
      response.with("x-ms-tag-count", "" + blob.tags().size());
    }
    if (blob.kind() == Blob.Kind.APPEND) {
      response.with("x-ms-blob-committed-block-count", "" + blob.blocks().size());
    }
    standard(blob.headers()).forEach(response::with);
    blob.metadata().forEach((name, value) -> response.with("x-ms-meta-" + name, value));
    if (blob.isDirectory()) {
      response.with("x-ms-meta-hdi_isfolder", "true").with("x-ms-resource-type", "directory");
    }
    blob.attributes().forEach(response::with);
    request.authorization().headers().forEach(response::with);
    return response;
  }

  /** What is told of a lease to everybody: not its id. */
  public static Response lease(Response response, Lease lease, Instant now) {
    lease.duration(now).ifPresent(d -> response.with("x-ms-lease-duration", d));
    return response
        .with("x-ms-lease-state", lease.state(now).text())
        .with("x-ms-lease-status", lease.status(now));
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

  /**
   * The standard headers that a request sets.
   *
   * @param prefix {@code x-ms-blob-} at the blob endpoint, {@code x-ms-} at the DFS endpoint
   * @param otherwise those that it does not set
   */
  public static ContentHeaders ofRequest(
      StorageRequest request, String prefix, ContentHeaders otherwise) {
    String type = request.header(prefix + "content-type");
    return new ContentHeaders(
        type == null ? otherwise.type() : type,
        or(request.header(prefix + "content-encoding"), otherwise.encoding()),
        or(request.header(prefix + "content-language"), otherwise.language()),
        or(request.header(prefix + "content-disposition"), otherwise.disposition()),
        or(request.header(prefix + "cache-control"), otherwise.cacheControl()),
        or(request.header(prefix + "content-md5"), otherwise.md5()));
  }

  /** The same with nothing for those that it does not set. */
  public static ContentHeaders ofRequest(StorageRequest request) {
    return ofRequest(request, OF_BLOBS, ContentHeaders.ofType(null));
  }

  /** Those of a request that brings the content along: plain headers count too. */
  public static ContentHeaders ofUpload(StorageRequest request) {
    ContentHeaders plain =
        new ContentHeaders(
            ContentHeaders.ofType(request.header("Content-Type")).type(),
            request.header("Content-Encoding"),
            request.header("Content-Language"),
            null,
            request.header("Cache-Control"),
            null);
    return ofRequest(request, OF_BLOBS, plain);
  }

  private static @Nullable String or(@Nullable String value, @Nullable String otherwise) {
    return value == null ? otherwise : value;
  }

  private BlobHeaders() {}
}
