package mlops.emulator.serve.wire;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The request line and header of one request.
 *
 * @param minor the minor version of HTTP/1
 */
public record RequestHead(String method, String target, int minor, HttpHeaders headers) {
  private static final int MAX_DIGITS = 18;

  public @Nullable String header(String name) {
    return headers.getValue(HttpHeaderName.fromString(name));
  }

  public boolean keepsAlive() {
    String connection = header("Connection");
    String said = connection == null ? "" : connection.toLowerCase(Locale.ROOT);
    return minor == 1 ? !said.contains("close") : said.contains("keep-alive");
  }

  boolean expectsContinue() {
    return minor == 1 && "100-continue".equalsIgnoreCase(header("Expect"));
  }

  public boolean isChunked() {
    return header("Transfer-Encoding") != null;
  }

  /** How many bytes of body follow; a chunked body is not counted here. */
  public long contentLength() throws MalformedRequest {
    String length = header("Content-Length");
    if (length == null) {
      return 0;
    }
    if (length.isEmpty()
        || length.length() > MAX_DIGITS
        || !length.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new MalformedRequest(400, "The Content-Length is not a number.");
    }
    return Long.parseLong(length);
  }

  /** Refuses what could be read in two ways (request smuggling). */
  void check() throws MalformedRequest {
    String coding = header("Transfer-Encoding");
    if (coding != null && !coding.equalsIgnoreCase("chunked")) {
      throw new MalformedRequest(501, "The transfer coding '" + coding + "' is not supported.");
    }
    if (coding != null && header("Content-Length") != null) {
      throw new MalformedRequest(400, "Content-Length and Transfer-Encoding exclude each other.");
    }
    String expect = header("Expect");
    if (expect != null && !expect.equalsIgnoreCase("100-continue")) {
      throw new MalformedRequest(417, "The expectation '" + expect + "' cannot be met.");
    }
    String host = header("Host");
    if (host == null ? minor == 1 : host.indexOf(',') >= 0) {
      throw new MalformedRequest(400, "One Host field is needed.");
    }
    contentLength();
  }
}
