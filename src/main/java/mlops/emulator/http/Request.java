package mlops.emulator.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.util.BinaryData;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One request to the emulator.
 *
 * @param host the public host name, in lower case, without a port
 * @param path the path as sent, still percent-encoded: Shared Key signs this form
 * @param rawQuery the query as sent, without the question mark
 * @param query the decoded query parameters by lower-case name, in the order they came
 * @param headers the header fields; names ignore case
 * @param body read once, as a stream where it is large
 * @param parameters the decoded values of the named segments of the matched route
 * @param id the ARM id of what the path names, spelled as the route spells it
 * @param caller who sends it
 */
public record Request(
    String method,
    String host,
    String path,
    String rawQuery,
    Map<String, String> query,
    HttpHeaders headers,
    BinaryData body,
    Map<String, String> parameters,
    String id,
    Caller caller) {

  public static Request of(
      String method, String host, String target, HttpHeaders headers, BinaryData body) {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    String query = mark < 0 ? "" : target.substring(mark + 1);
    return new Request(
        method,
        host.toLowerCase(Locale.ROOT),
        path.isEmpty() ? "/" : path,
        query,
        Urls.query(query),
        headers,
        body,
        Map.of(),
        "",
        Caller.ANONYMOUS);
  }

  /** The value of a named segment of the route, decoded. */
  public String parameter(String name) {
    String value = parameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route has no {" + name + "}");
    }
    return value;
  }

  public Optional<String> queryValue(String name) {
    return Optional.ofNullable(query.get(name.toLowerCase(Locale.ROOT)));
  }

  public @Nullable String header(String name) {
    return headers.getValue(HttpHeaderName.fromString(name));
  }

  /** The decoded path with doubled slashes folded, as ARM reads it. */
  public String armPath() {
    return Urls.decode(path.replaceAll("/{2,}", "/"));
  }

  /** The body as a JSON object; an empty body is an empty object. */
  public ObjectNode json() {
    byte[] bytes = body.toBytes();
    if (bytes == null || bytes.length == 0) {
      return Json.object();
    }
    try {
      boolean lenient =
          host.equals(Route.ARM) || host.endsWith(".azureml.ms") || host.endsWith(".azureml.net");
      JsonNode node = (lenient ? Json.LENIENT : Json.MAPPER).readTree(bytes);
      if (node instanceof ObjectNode object) {
        return object;
      }
      throw ApiException.badRequest(
          "InvalidRequestContent",
          "The request content was invalid and could not be deserialized: an object is expected.");
    } catch (JsonProcessingException e) {
      throw ApiException.badRequest(
          "InvalidRequestContent",
          "The request content was invalid and could not be deserialized: '%s'."
              .formatted(e.getOriginalMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Request matched(Map<String, String> parameters, String id) {
    return new Request(method, host, path, rawQuery, query, headers, body, parameters, id, caller);
  }

  /** The same request, sent by this caller. */
  public Request by(Caller caller) {
    return new Request(method, host, path, rawQuery, query, headers, body, parameters, id, caller);
  }

  public boolean hasBody() {
    Long length = body.getLength();
    return length == null || length > 0;
  }

  /** The same request with another body. */
  public Request withBody(BinaryData body) {
    return new Request(method, host, path, rawQuery, query, headers, body, parameters, id, caller);
  }

  /** The URL as the client means it. */
  public String url() {
    return "https://" + host + path + (rawQuery.isEmpty() ? "" : "?" + rawQuery);
  }

  /** The URL with one query parameter set to something else, such as where a page begins. */
  public String urlWith(String name, String value) {
    Map<String, String> changed = new LinkedHashMap<>(query);
    changed.put(name.toLowerCase(Locale.ROOT), value);
    return "https://%s%s?%s"
        .formatted(
            host,
            path,
            changed.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), UTF_8))
                .collect(Collectors.joining("&")));
  }

  /** The same request to another host, in lower case. */
  public Request to(String host) {
    return new Request(method, host, path, rawQuery, query, headers, body, parameters, id, caller);
  }
}
