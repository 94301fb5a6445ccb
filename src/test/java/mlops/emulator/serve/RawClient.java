package mlops.emulator.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Sends bytes as they are, right or wrong, and reads answers strictly. */
public record RawClient(Socket socket, InputStream input, OutputStream output)
    implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;

  /** One answer; names of header fields are in lower case. */
  public record Answer(int status, Map<String, String> headers, String body) {
    boolean closes() {
      return "close".equals(headers.get("connection"));
    }
  }

  /** A connection to the proxy on which nothing has been said. */
  static RawClient plain(Served served) throws IOException {
    return of(new Socket(InetAddress.getLoopbackAddress(), served.port()));
  }

  /** A TLS connection through the proxy to this host. */
  static RawClient tunnel(Served served, String host) throws IOException, GeneralSecurityException {
    return tunnel(served, served.trust(), host);
  }

  static RawClient tunnel(Served served, SSLContext trust, String host) throws IOException {
    RawClient proxy = plain(served);
    proxy.send("CONNECT %s:443 HTTP/1.1\r\nHost: %s:443\r\n\r\n".formatted(host, host));
    String line = proxy.line();
    if (!line.startsWith("HTTP/1.1 200") || !proxy.line().isEmpty()) {
      throw new IOException("no tunnel: " + line);
    }
    SSLSocket secure =
        (SSLSocket) trust.getSocketFactory().createSocket(proxy.socket, host, 443, true);
    secure.startHandshake();
    return of(secure);
  }

  public static RawClient of(Socket socket) throws IOException {
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    return new RawClient(
        socket, new BufferedInputStream(socket.getInputStream()), socket.getOutputStream());
  }

  public void send(String text) throws IOException {
    output.write(text.getBytes(ISO_8859_1));
    output.flush();
  }

  /** Whether nothing comes for so long. */
  boolean isSilent(Duration pause) throws IOException {
    input.mark(1);
    socket.setSoTimeout(Math.toIntExact(pause.toMillis()));
    try {
      if (input.read() >= 0) {
        input.reset();
      }
      return false;
    } catch (SocketTimeoutException e) {
      return true;
    } finally {
      socket.setSoTimeout(PATIENCE_MILLIS);
    }
  }

  public Answer get(String host, String path) throws IOException {
    send("GET %s HTTP/1.1\r\nHost: %s\r\n\r\n".formatted(path, host));
    return answer("GET");
  }

  public Answer answer(String method) throws IOException {
    String first = line();
    if (!first.matches("HTTP/1\\.1 \\d{3} .+")) {
      throw new IOException("not a status line: " + first);
    }
    int status = Integer.parseInt(first.substring(9, 12));
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    boolean bare = method.equals("HEAD") || status == 204 || status == 304 || status == 100;
    return new Answer(status, headers, bare ? "" : body(headers));
  }

  private String body(Map<String, String> headers) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (headers.containsKey("content-length")) {
      body.write(input.readNBytes(Integer.parseInt(headers.get("content-length"))));
    } else if ("chunked".equals(headers.get("transfer-encoding"))) {
      for (int size = size(); size > 0; size = size()) {
        body.write(input.readNBytes(size));
        line();
      }
      line();
    } else {
      throw new IOException("the answer does not say how long it is: " + headers);
    }
    return body.toString(ISO_8859_1);
  }

  private int size() throws IOException {
    return Integer.parseInt(line(), 16);
  }

  public String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int octet = input.read(); octet != '\n'; octet = input.read()) {
      if (octet < 0) {
        throw new EOFException("the connection ended after '" + line + "'");
      }
      line.append((char) octet);
    }
    return line.toString().stripTrailing();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
