package mlops.emulator.serve.wire;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import java.io.IOException;
import java.util.Optional;

/** Reads request lines and header fields as RFC 9112 writes them, and no others. */
public final class HeadReader {
  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
  private static final String VERSION = " HTTP/1.";

  private static final int CHUNK_LINE_BYTES = 8 * 1024;

  private final TimedInput input;
  private final ServeLimits limits;
  private int budget;

  public HeadReader(TimedInput input, ServeLimits limits) {
    this.input = input;
    this.limits = limits;
  }

  /** The next request, or nothing where the client has ended the connection between two. */
  public Optional<RequestHead> next() throws IOException {
    budget = limits.headBytes();
    input.allow(limits.idle());
    int first = input.peek();
    if (first < 0) {
      return Optional.empty();
    }
    input.finishWithin(limits.head());
    String line = line();
    if (line.isEmpty()) {
      line = line(); // RFC 9112 2.2: an empty line before a request is skipped
    }
    RequestHead head = requestLine(line);
    fields(head.headers());
    head.check();
    input.allow(limits.body());
    return Optional.of(head);
  }

  private static RequestHead requestLine(String line) throws MalformedRequest {
    int methodEnd = line.indexOf(' ');
    int targetEnd = line.lastIndexOf(VERSION);
    if (methodEnd <= 0 || !isToken(line.substring(0, methodEnd))) {
      throw new MalformedRequest(400, "The request line is not one of HTTP/1.1.");
    }
    if (targetEnd <= methodEnd || line.length() != targetEnd + VERSION.length() + 1) {
      throw new MalformedRequest(505, "Only HTTP/1.1 is spoken here.");
    }
    char minor = line.charAt(line.length() - 1);
    if (minor != '0' && minor != '1') {
      throw new MalformedRequest(505, "Only HTTP/1.1 is spoken here.");
    }
    String target = line.substring(methodEnd + 1, targetEnd);
    if (target.isEmpty() || !isVisible(target)) {
      throw new MalformedRequest(400, "The request target is not a URI.");
    }
    return new RequestHead(line.substring(0, methodEnd), target, minor - '0', new HttpHeaders());
  }

  private void fields(HttpHeaders headers) throws IOException {
    int count = 0;
    for (String line = line(); !line.isEmpty(); line = line()) {
      if (++count > limits.headerFields()) {
        throw new MalformedRequest(431, "The request has too many header fields.");
      }
      int colon = line.indexOf(':');
      if (colon <= 0 || !isToken(line.substring(0, colon))) {
        throw new MalformedRequest(400, "A header field has no valid name.");
      }
      headers.add(
          HttpHeaderName.fromString(line.substring(0, colon)), plain(line.substring(colon + 1)));
    }
  }

  /** One line of the framing of a chunked body. */
  String chunkLine() throws IOException {
    budget = CHUNK_LINE_BYTES;
    return line();
  }

  /**
   * A text without the blanks around it. Those are spaces and tabs (RFC 9110, 5.5), and no other
   * characters may be there: what one reader takes for a blank another takes for a part of it.
   */
  static String plain(String text) throws MalformedRequest {
    if (hasControl(text)) {
      throw new MalformedRequest(400, "A control character is where none may be.");
    }
    int start = 0;
    int end = text.length();
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  /** One line without its end. */
  private String line() throws IOException {
    StringBuilder line = new StringBuilder(128);
    while (line.isEmpty() || line.charAt(line.length() - 1) != '\n') {
      if (budget <= 0) {
        throw new MalformedRequest(
            431, "The request header is larger than %d bytes.".formatted(limits.headBytes()));
      }
      int count = input.readLine(line, budget);
      if (count < 0) {
        throw new MalformedRequest(400, "The connection ended within a request.");
      }
      budget -= count;
    }
    int end = line.length() - 2;
    if (end < 0 || line.indexOf("\r") != end) {
      throw new MalformedRequest(400, "A line does not end in CR LF.");
    }
    return line.substring(0, end);
  }

  private static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && !(c >= '0' && c <= '9') && TOKEN_MARKS.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isVisible(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) <= ' ' || text.charAt(i) >= 127) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasControl(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\t') || c == 127) {
        return true;
      }
    }
    return false;
  }
}
