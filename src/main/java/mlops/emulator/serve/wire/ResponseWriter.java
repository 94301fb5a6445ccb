package mlops.emulator.serve.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.azure.core.http.HttpHeader;
import com.azure.core.http.HttpHeaderName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import mlops.emulator.http.Response;

/** Writes responses as HTTP/1.1: with their length where it is known, in chunks where not. */
public final class ResponseWriter {
  private static final int BLOCK = 64 * 1024;
  private static final Map<Integer, String> REASONS =
      Map.ofEntries(
          Map.entry(200, "OK"),
          Map.entry(201, "Created"),
          Map.entry(202, "Accepted"),
          Map.entry(204, "No Content"),
          Map.entry(206, "Partial Content"),
          Map.entry(304, "Not Modified"),
          Map.entry(400, "Bad Request"),
          Map.entry(401, "Unauthorized"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "Not Found"),
          Map.entry(407, "Proxy Authentication Required"),
          Map.entry(408, "Request Timeout"),
          Map.entry(409, "Conflict"),
          Map.entry(412, "Precondition Failed"),
          Map.entry(413, "Content Too Large"),
          Map.entry(416, "Range Not Satisfiable"),
          Map.entry(421, "Misdirected Request"),
          Map.entry(431, "Request Header Fields Too Large"),
          Map.entry(500, "Internal Server Error"),
          Map.entry(501, "Not Implemented"),
          Map.entry(502, "Bad Gateway"),
          Map.entry(503, "Service Unavailable"),
          Map.entry(505, "HTTP Version Not Supported"));

  private final OutputStream output;
  private final BatchingOutput batches;

  /**
   * On an open connection.
   *
   * @param batches what {@code output} leads to in the end
   */
  public ResponseWriter(OutputStream output, BatchingOutput batches) {
    this.output = output;
    this.batches = batches;
  }

  /** Lets a client go on that waits before it sends a body. */
  public void goOn() throws IOException {
    output.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
    output.flush();
  }

  /**
   * Writes an answer.
   *
   * @param head the request that it is to
   * @param close whether the connection ends with it
   */
  public void write(RequestHead head, Response response, boolean close) throws IOException {
    boolean bare = response.status() == 204 || response.status() == 304;
    Long length = response.body().getLength();
    boolean chunked = length == null && !bare && head.minor() == 1;
    StringBuilder text = new StringBuilder(512);
    String reason = REASONS.getOrDefault(response.status(), "Status");
    text.append("HTTP/1.1 ").append(response.status()).append(' ').append(reason).append("\r\n");
    for (HttpHeader header : response.headers()) {
      for (String value : header.getValuesList()) {
        text.append(header.getName()).append(": ").append(oneLine(value)).append("\r\n");
      }
    }
    boolean stated = response.headers().get(HttpHeaderName.CONTENT_LENGTH) != null;
    if (length != null && !bare && !stated) {
      text.append("Content-Length: ").append(length).append("\r\n");
    }
    if (chunked) {
      text.append("Transfer-Encoding: chunked\r\n");
    }
    text.append(close ? "Connection: close\r\n\r\n" : "\r\n");
    output.write(text.toString().getBytes(ISO_8859_1));
    if (!bare && !head.method().equals("HEAD")) {
      body(response, chunked);
    }
    output.flush();
  }

  private void body(Response response, boolean chunked) throws IOException {
    Long length = response.body().getLength();
    if (length != null && length <= BLOCK && response.body().isReplayable()) {
      output.write(response.body().toBytes());
      return;
    }
    batches.begin();
    try (InputStream body = response.body().toStream()) {
      copy(body, chunked);
    } finally {
      try {
        output.flush(); // also what a body that broke off has given
      } finally {
        batches.end();
      }
    }
  }

  private void copy(InputStream body, boolean chunked) throws IOException {
    byte[] block = new byte[BLOCK];
    for (int count = body.read(block); count >= 0; count = body.read(block)) {
      if (chunked && count > 0) {
        output.write((Integer.toHexString(count) + "\r\n").getBytes(ISO_8859_1));
      }
      output.write(block, 0, count);
      if (chunked && count > 0) {
        output.write("\r\n".getBytes(ISO_8859_1));
      }
    }
    if (chunked) {
      output.write("0\r\n\r\n".getBytes(ISO_8859_1));
    }
  }

  /** A value that came from a client must not begin another header field. */
  private static String oneLine(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < ' ') {
        return value.replaceAll("[\\x00-\\x1f]", " ");
      }
    }
    return value;
  }
}
