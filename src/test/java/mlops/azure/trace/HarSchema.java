package mlops.azure.trace;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/** What the HAR 1.2 specification asks of a file: every required field, and its type. */
public final class HarSchema {
  private final List<String> violations = new ArrayList<>();

  /** What is wrong with a document; empty where it is HAR 1.2. */
  public static List<String> violations(JsonNode har) {
    HarSchema schema = new HarSchema();
    schema.log(har.path("log"));
    return List.copyOf(schema.violations);
  }

  private void log(JsonNode log) {
    check(log.path("version").asText().equals("1.2"), "log.version");
    texts(log.path("creator"), "log.creator", "name", "version");
    check(log.path("entries").isArray(), "log.entries");
    String last = "";
    for (JsonNode entry : log.path("entries")) {
      entry(entry);
      String start = entry.path("startedDateTime").asText();
      check(Instant.parse(start).compareTo(parsed(last)) >= 0, "entries are not in time: " + start);
      last = start;
    }
  }

  private static Instant parsed(String time) {
    return time.isEmpty() ? Instant.MIN : Instant.parse(time);
  }

  private void entry(JsonNode entry) {
    try {
      Instant.parse(entry.path("startedDateTime").asText());
    } catch (DateTimeParseException e) {
      violations.add("startedDateTime: " + e.getMessage());
    }
    check(entry.path("cache").isObject(), "cache");
    JsonNode timings = entry.path("timings");
    numbers(timings, "timings", "send", "wait", "receive");
    double parts = 0;
    for (String part : List.of("send", "wait", "receive")) {
      parts += timings.path(part).asDouble();
    }
    check(entry.path("time").asDouble(-1) == parts, "time is the sum of the timings");
    request(entry.path("request"));
    response(entry.path("response"));
  }

  private void request(JsonNode request) {
    texts(request, "request", "method", "url", "httpVersion");
    numbers(request, "request", "headersSize", "bodySize");
    pairs(request, "request", "headers", "queryString", "cookies");
    JsonNode body = request.path("postData");
    if (!body.isMissingNode()) {
      texts(body, "postData", "mimeType", "text");
    }
  }

  private void response(JsonNode response) {
    texts(response, "response", "statusText", "httpVersion", "redirectURL");
    numbers(response, "response", "status", "headersSize", "bodySize");
    pairs(response, "response", "headers", "cookies");
    JsonNode content = response.path("content");
    check(content.path("size").isIntegralNumber(), "content.size");
    check(content.path("size").asLong() >= 0, "content.size is a length");
    texts(content, "content", "mimeType");
  }

  private void pairs(JsonNode parent, String name, String... lists) {
    for (String list : lists) {
      check(parent.path(list).isArray(), name + "." + list);
      parent.path(list).forEach(pair -> texts(pair, name + "." + list, "name", "value"));
    }
  }

  private void texts(JsonNode parent, String name, String... fields) {
    for (String field : fields) {
      check(parent.path(field).isTextual(), name + "." + field + " is no text: " + parent);
    }
  }

  private void numbers(JsonNode parent, String name, String... fields) {
    for (String field : fields) {
      check(parent.path(field).isIntegralNumber(), name + "." + field + " is no number");
    }
  }

  private void check(boolean holds, String what) {
    if (!holds) {
      violations.add(what);
    }
  }
}
