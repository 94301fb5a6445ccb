package mlops.emulator.blob;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeader;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.common.StorageSharedKeyCredential;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import reactor.core.publisher.Mono;

/**
 * A blob service and what was said to it, in a form in which two services can be compared: names,
 * times and tags that each service makes up for itself are left out.
 */
final class StorageTranscript {
  private static final Set<String> TELLING =
      Set.of(
          "accept-ranges",
          "cache-control",
          "content-disposition",
          "content-encoding",
          "content-language",
          "content-length",
          "content-md5",
          "content-range",
          "content-type",
          "x-ms-access-tier",
          "x-ms-access-tier-inferred",
          "x-ms-account-kind",
          "x-ms-blob-append-offset",
          "x-ms-blob-committed-block-count",
          "x-ms-blob-content-length",
          "x-ms-blob-content-md5",
          "x-ms-blob-public-access",
          "x-ms-blob-type",
          "x-ms-copy-progress",
          "x-ms-copy-status",
          "x-ms-error-code",
          "x-ms-lease-state",
          "x-ms-lease-status",
          "x-ms-request-server-encrypted",
          "x-ms-server-encrypted");
  private static final Set<String> THERE =
      Set.of("etag", "last-modified", "date", "x-ms-request-id");
  private static final Pattern MADE_UP =
      Pattern.compile(
          "<(Creation-Time|Snapshot|Last-Modified|Etag|CopyId|CopySource|CopyCompletionTime|NextMarker|Marker)>[^<]*</\\1>");
  private static final Pattern ELEMENT =
      Pattern.compile(
          "<(Name|Content-Length|Content-MD5|Content-Type|BlobType|Size|Id|Permission|Code|k)>([^<]*)</\\1>");

  private final HttpClient http;
  private final String endpoint;
  private final StorageSharedKeyCredential credential;
  private final List<String> said = new ArrayList<>();

  StorageTranscript(HttpClient http, String endpoint, StorageSharedKeyCredential credential) {
    this.http = http;
    this.endpoint = endpoint;
    this.credential = credential;
  }

  BlobServiceClientBuilder client() {
    return new BlobServiceClientBuilder()
        .endpoint(endpoint)
        .retryOptions(new RetryOptions(new FixedDelayOptions(0, Duration.ofMillis(1))))
        .httpClient(request -> http.send(request).flatMap(r -> note(request, r.buffer())));
  }

  BlobServiceClient service() {
    return client().credential(credential).buildClient();
  }

  StorageSharedKeyCredential credential() {
    return credential;
  }

  /** Does something that may be refused; what is said is what counts. */
  void attempt(Runnable call) {
    try {
      call.run();
    } catch (BlobStorageException e) {
      said.add("  refused: " + e.getStatusCode() + " " + e.getErrorCode());
    }
  }

  List<String> said() {
    return said;
  }

  private Mono<HttpResponse> note(HttpRequest request, HttpResponse response) {
    return response
        .getBodyAsByteArray()
        .defaultIfEmpty(new byte[0])
        .map(
            body -> {
              said.add(line(request, response, new String(body, UTF_8)));
              return response;
            });
  }

  private String line(HttpRequest request, HttpResponse response, String body) {
    String target = request.getUrl().toString().substring(endpoint.length());
    TreeMap<String, String> headers = new TreeMap<>();
    boolean xml = body.contains("<?xml");
    for (HttpHeader header : response.getHeaders()) {
      String name = header.getName().toLowerCase(Locale.ROOT);
      if (TELLING.contains(name) || name.startsWith("x-ms-meta-")) {
        headers.put(name, header.getValue());
      } else if (THERE.contains(name)) {
        headers.put(name, "*");
      }
    }
    boolean folders = target.contains("delimiter=");
    if (xml) {
      headers.put("content-type", "application/xml");
    }
    if (response.getStatusCode() == 304) {
      headers.remove("content-type"); // of a body that is not there
    }
    if (xml || response.getStatusCode() >= 300 || response.getStatusCode() == 204) {
      headers.remove("content-length");
    }
    return "%s %s -> %d %s %s"
        .formatted(
            request.getHttpMethod(),
            target.replaceAll("(sig|se|st|marker|sv|snapshot)=[^&]*", "$1=*"),
            response.getStatusCode(),
            headers,
            xml ? elements(body, folders) : body);
  }

  /**
   * The telling elements; folders and blobs by name, as Azurite does not mix them as Azure does.
   */
  private static List<String> elements(String xml, boolean sorted) {
    List<String> found = new ArrayList<>();
    ELEMENT
        .matcher(MADE_UP.matcher(xml).replaceAll(""))
        .results()
        .map(m -> m.group(1) + "=" + plain(m.group(2)))
        .forEach(
            e -> {
              if (e.startsWith("Name=") || found.isEmpty()) {
                found.add(e);
              } else {
                found.set(found.size() - 1, found.get(found.size() - 1) + " " + e);
              }
            });
    return sorted ? found.stream().sorted().toList() : found;
  }

  private static String plain(String text) {
    return text.replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
  }
}
