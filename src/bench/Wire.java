import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * One keep-alive connection that does as little as HTTP/1.1 allows, so that a rate is that of the
 * server: requests are bytes made before, answers are read and counted.
 */
final class Wire implements AutoCloseable {
  private final Socket socket;
  private final InputStream input;
  private final OutputStream output;
  private final byte[] sink = new byte[64 * 1024];

  /** The status and body of one answer. */
  record Answer(int status, String body) {}

  private Wire(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    this.socket = socket;
    this.input = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
    this.output = socket.getOutputStream();
  }

  /** A connection to a server, with TLS where a context is given. */
  static Wire direct(int port, Optional<SSLContext> trust) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    return trust.isEmpty()
        ? new Wire(socket)
        : secure(socket, InetAddress.getLoopbackAddress().getHostAddress(), port, trust.get());
  }

  /** A connection to a host by way of a proxy, as every client of local serve makes it. */
  static Wire tunnel(int proxy, String host, SSLContext trust) throws IOException {
    Wire plain = direct(proxy, Optional.empty());
    plain.output.write(
        "CONNECT %s:443 HTTP/1.1\r\nHost: %s:443\r\n\r\n"
            .formatted(host, host)
            .getBytes(ISO_8859_1));
    String line = plain.line();
    if (!line.contains(" 200 ") || !plain.line().isEmpty()) {
      throw new IOException("no tunnel: " + line);
    }
    return secure(plain.socket, host, 443, trust);
  }

  private static Wire secure(Socket socket, String host, int port, SSLContext trust)
      throws IOException {
    socket.setTcpNoDelay(true);
    SSLSocket secure = (SSLSocket) trust.getSocketFactory().createSocket(socket, host, port, true);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secure.setSSLParameters(parameters);
    secure.startHandshake();
    return new Wire(secure);
  }

  /** A request as it goes over the wire. */
  static byte[] request(String method, String host, String target, String headers, byte[] body) {
    String length = method.equals("GET") ? "" : "Content-Length: " + body.length + "\r\n";
    byte[] head =
        "%s %s HTTP/1.1\r\nHost: %s\r\n%s%s\r\n"
            .formatted(method, target, host, headers, length)
            .getBytes(ISO_8859_1);
    byte[] all = java.util.Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, all, head.length, body.length);
    return all;
  }

  /** Sends a request and asks for an answer of this status; how many bytes of body came. */
  long exchange(byte[] request, int expected) throws IOException {
    output.write(request);
    output.flush();
    int status = status();
    long length = skip(null);
    if (status != expected) {
      throw new IOException("expected " + expected + ", got " + status);
    }
    return length;
  }

  Answer ask(byte[] request) throws IOException {
    output.write(request);
    output.flush();
    int status = status();
    StringBuilder body = new StringBuilder();
    skip(body);
    return new Answer(status, body.toString());
  }

  private int status() throws IOException {
    return Integer.parseInt(line().substring(9, 12));
  }

  /** Reads header and body. */
  private long skip(StringBuilder into) throws IOException {
    long length = 0;
    boolean chunked = false;
    for (String line = line(); !line.isEmpty(); line = line()) {
      String field = line.toLowerCase(Locale.ROOT);
      if (field.startsWith("content-length:")) {
        length = Long.parseLong(field.substring(15).strip());
      }
      chunked |= field.startsWith("transfer-encoding:") && field.contains("chunked");
    }
    if (!chunked) {
      body(length, into);
      return length;
    }
    for (long size = size(); size > 0; size = size()) {
      body(size, into);
      line();
      length += size;
    }
    line();
    return length;
  }

  private long size() throws IOException {
    return Long.parseLong(line(), 16);
  }

  private void body(long length, StringBuilder into) throws IOException {
    for (long left = length; left > 0; ) {
      int count = input.read(sink, 0, (int) Math.min(left, sink.length));
      if (count < 0) {
        throw new EOFException("the connection ended within a body");
      }
      if (into != null) {
        into.append(new String(sink, 0, count, ISO_8859_1));
      }
      left -= count;
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder(80);
    for (int octet = input.read(); octet != '\n'; octet = input.read()) {
      if (octet < 0) {
        throw new EOFException("the connection ended within an answer");
      }
      if (octet != '\r') {
        line.append((char) octet);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
