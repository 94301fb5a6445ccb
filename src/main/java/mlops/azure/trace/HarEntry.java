package mlops.azure.trace;

import com.azure.core.http.HttpHeader;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URL;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import mlops.azure.RestClient;
import org.jspecify.annotations.Nullable;

/** One request with its answer, as HAR 1.2 writes it. */
final class HarEntry {
  private static final long MAX_TEXT = 256 << 10;

  static ObjectNode of(HttpRequest request, HttpResponse response, Instant start, Instant end) {
    ObjectNode entry = entry(request, start, end);
    ObjectNode json = entry.putObject("response");
    json.put("status", response.getStatusCode()).put("statusText", "");
    json.put("httpVersion", "HTTP/1.1").putArray("cookies");
    headers(json.putArray("headers"), response.getHeaders());
    String type = type(response.getHeaders());
    content(json.putObject("content"), response, type);
    String location = response.getHeaders().getValue(HttpHeaderName.LOCATION);
    json.put("redirectURL", location == null ? "" : TraceSecrets.maskedUrl(location));
    json.put("headersSize", -1).put("bodySize", length(response.getHeaders()));
    return entry;
  }

  private static void content(ObjectNode json, HttpResponse response, String type) {
    long length = length(response.getHeaders());
    if (isShortText(response)) {
      BinaryData body = response.getBodyAsBinaryData();
      String text = body == null ? "" : body.toString();
      json.put("size", length < 0 ? text.getBytes(StandardCharsets.UTF_8).length : length);
      json.put("text", TraceSecrets.masked(response.getRequest().getUrl(), type, cut(text)));
    } else {
      json.put("size", Math.max(length, 0));
      if (length < 0) {
        json.put("comment", "the answer did not say its length");
      }
    }
    json.put("mimeType", type);
  }

  /** A request without an answer: HAR gives it the status 0. */
  static ObjectNode of(HttpRequest request, Throwable failure, Instant start, Instant end) {
    ObjectNode entry = entry(request, start, end);
    ObjectNode json = entry.putObject("response").put("status", 0).put("statusText", "");
    json.put("httpVersion", "").putArray("cookies");
    json.putArray("headers");
    json.putObject("content").put("size", 0).put("mimeType", "");
    json.put("redirectURL", "").put("headersSize", -1).put("bodySize", -1);
    json.put("_error", failure.getClass().getName());
    return entry;
  }

  private static ObjectNode entry(HttpRequest request, Instant start, Instant end) {
    long millis = Duration.between(start, end).toMillis();
    ObjectNode entry = RestClient.JSON.createObjectNode();
    entry.put("startedDateTime", start.toString()).put("time", millis);
    request(entry.putObject("request"), request);
    entry.putObject("cache");
    entry.putObject("timings").put("send", 0).put("wait", millis).put("receive", 0);
    return entry;
  }

  private static void request(ObjectNode json, HttpRequest request) {
    json.put("method", request.getHttpMethod().toString());
    json.put("url", TraceSecrets.maskedUrl(request.getUrl().toString()))
        .put("httpVersion", "HTTP/1.1");
    json.putArray("cookies");
    headers(json.putArray("headers"), request.getHeaders());
    query(json.putArray("queryString"), request.getUrl());
    json.put("headersSize", -1);
    BinaryData body = request.getBodyAsBinaryData();
    Long length = body == null ? Long.valueOf(0) : body.getLength();
    json.put("bodySize", length == null ? -1 : length);
    String type = type(request.getHeaders());
    if (body != null && length != null && length > 0 && length <= MAX_TEXT && isText(type)) {
      json.putObject("postData")
          .put("mimeType", type)
          .put("text", TraceSecrets.masked(request.getUrl(), type, body.toString()));
    }
  }

  private static void query(ArrayNode json, URL url) {
    String query = url.getQuery();
    for (String pair :
        query == null
            ? new String[0]
            : TraceSecrets.maskedUrl("?" + query).substring(1).split("&")) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      json.addObject().put("name", decoded(name)).put("value", decoded(value));
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // not encoded: shown as it is
    }
  }

  private static void headers(ArrayNode json, HttpHeaders headers) {
    for (HttpHeader header : headers) {
      json.addObject()
          .put("name", header.getName())
          .put("value", TraceSecrets.maskedHeader(header.getName(), header.getValue()));
    }
  }

  /** Whether an answer may be kept in memory, and its body shown. */
  static boolean isShortText(HttpResponse response) {
    long length = length(response.getHeaders());
    String type = type(response.getHeaders());
    boolean control = type.contains("json") && !isStorage(response.getRequest().getUrl());
    return isText(type) && (length < 0 ? control : length <= MAX_TEXT);
  }

  private static boolean isStorage(URL url) {
    return url.getHost().endsWith(".core.windows.net");
  }

  private static boolean isText(String type) {
    return type.contains("json")
        || type.contains("xml")
        || type.startsWith("text/")
        || type.contains("x-www-form-urlencoded");
  }

  private static String cut(String text) {
    return text.length() > MAX_TEXT ? text.substring(0, (int) MAX_TEXT) : text;
  }

  private static String type(HttpHeaders headers) {
    @Nullable String type = headers.getValue(HttpHeaderName.CONTENT_TYPE);
    return type == null ? "" : type.toLowerCase(Locale.ROOT);
  }

  private static long length(HttpHeaders headers) {
    @Nullable String length = headers.getValue(HttpHeaderName.CONTENT_LENGTH);
    return length == null ? -1 : Long.parseLong(length);
  }

  private HarEntry() {}
}
