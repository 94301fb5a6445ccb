package mlops.emulator.blob.rest;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.util.BinaryData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;

/**
 * One request within a batch: a part of {@code multipart/mixed} that is an HTTP request without a
 * body.
 *
 * @param contentId what the client knows it by
 * @param target path and query
 */
record BatchPart(Optional<String> contentId, String method, String target, HttpHeaders headers) {
  private static final Pattern BOUNDARY =
      Pattern.compile("(?i)multipart/mixed\\s*;.*?boundary=\"?([^\";,\\s]{1,70})\"?.*");
  private static final Pattern REQUEST = Pattern.compile("([A-Z]+) (/\\S*) HTTP/1\\.[01]");
  private static final Pattern HEADER = Pattern.compile("([!#$%&'*+.^_`|~\\w-]+):(.*)");
  private static final int HEADS = 2;

  /**
   * Reads a body.
   *
   * @throws ApiException 400 InvalidInput
   */
  static List<BatchPart> parse(String contentType, String body) {
    Matcher boundary = BOUNDARY.matcher(contentType);
    if (!boundary.matches()) {
      throw invalid("the Content-Type is no multipart/mixed with a boundary");
    }
    List<String> lines = body.lines().toList();
    String start = "--" + boundary.group(1);
    List<BatchPart> parts = new ArrayList<>();
    List<String> part = null;
    for (String line : lines) {
      if (line.equals(start) || line.equals(start + "--")) {
        if (part != null) {
          parts.add(of(part));
        }
        part = new ArrayList<>();
      } else if (part != null) {
        part.add(line);
      }
    }
    if (lines.stream().noneMatch((start + "--")::equals)) {
      throw invalid("the batch does not end in its boundary");
    }
    return parts;
  }

  /** Two heads, each ended by an empty line: that of the part, and that of the request. */
  private static BatchPart of(List<String> lines) {
    List<List<String>> heads = new ArrayList<>(List.of(new ArrayList<>()));
    for (String line : lines) {
      if (line.isEmpty() && heads.size() < HEADS) {
        heads.add(new ArrayList<>());
      } else if (line.isEmpty()) {
        break;
      } else {
        heads.get(heads.size() - 1).add(line);
      }
    }
    List<String> inner = heads.get(heads.size() - 1);
    Matcher request = REQUEST.matcher(inner.isEmpty() ? "" : inner.get(0));
    if (heads.size() < HEADS || !request.matches()) {
      throw invalid("a part holds no HTTP request");
    }
    HttpHeaders outer = headers(heads.get(0));
    return new BatchPart(
        Optional.ofNullable(outer.getValue(HttpHeaderName.fromString("Content-ID"))),
        request.group(1),
        request.group(2),
        headers(inner.subList(1, inner.size())));
  }

  private static HttpHeaders headers(List<String> lines) {
    HttpHeaders headers = new HttpHeaders();
    for (String line : lines) {
      Matcher header = HEADER.matcher(line);
      if (!header.matches()) {
        throw invalid("a part has a header without a name");
      }
      headers.add(HttpHeaderName.fromString(header.group(1)), header.group(2).strip());
    }
    return headers;
  }

  static ApiException invalid(String why) {
    return ApiException.badRequest(
        "InvalidInput", "One of the request inputs is not valid: %s.".formatted(why));
  }

  boolean isDeletion() {
    return method.equals("DELETE")
        && Arrays.stream(query().split("&")).noneMatch(p -> p.matches("(?i)(comp|restype)=.*"));
  }

  boolean isTier() {
    return method.equals("PUT") && Arrays.asList(query().split("&")).contains("comp=tier");
  }

  private String query() {
    int mark = target.indexOf('?');
    return mark < 0 ? "" : target.substring(mark + 1);
  }

  Request asked(String host) {
    return Request.of(method, host, target, headers, BinaryData.fromBytes(new byte[0]));
  }
}
