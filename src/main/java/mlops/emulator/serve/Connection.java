package mlops.emulator.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import mlops.emulator.serve.tls.AzureHosts;
import mlops.emulator.serve.wire.Cork;
import mlops.emulator.serve.wire.CorkedSocket;
import mlops.emulator.serve.wire.HeadReader;
import mlops.emulator.serve.wire.ListenerResponses;
import mlops.emulator.serve.wire.MalformedRequest;
import mlops.emulator.serve.wire.RequestHead;
import mlops.emulator.serve.wire.ResponseWriter;
import mlops.emulator.serve.wire.ServeLimits;
import mlops.emulator.serve.wire.TimedInput;
import org.jspecify.annotations.Nullable;

/** One accepted connection: a request to the proxy, or TLS from the first byte on. */
final class Connection {
  private static final int TLS_HANDSHAKE = 0x16;

  /** TLS reads a record in two steps; several records are asked of the system at once. */
  private static final int RECORDS = 64 * 1024;

  private static final int RECORD = 16 * 1024;

  private static final int LINGER_MILLIS = 2000;
  private static final int LINGER_BYTES = 8 << 20;

  private final Backend backend;
  private final SSLSocketFactory tls;
  private final DirectEndpoint direct;
  private final ServeLimits limits;
  private final RequestLog log;

  Connection(
      Backend backend,
      SSLSocketFactory tls,
      DirectEndpoint direct,
      ServeLimits limits,
      RequestLog log) {
    this.backend = backend;
    this.tls = tls;
    this.direct = direct;
    this.limits = limits;
    this.log = log;
  }

  void serve(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    TimedInput input = new TimedInput(socket, RECORDS);
    input.allow(limits.head());
    int first = input.peek();
    if (first == TLS_HANDSHAKE) {
      talk(socket, input, null);
    } else if (first >= 0) {
      tunnel(socket, input);
    }
  }

  private void tunnel(Socket socket, TimedInput input) throws IOException {
    OutputStream output = socket.getOutputStream();
    try {
      Optional<RequestHead> head = new HeadReader(input, limits).next();
      if (head.isPresent()) {
        String host = destination(head.get());
        output.write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(ISO_8859_1));
        output.flush();
        talk(socket, input, host);
      }
    } catch (MalformedRequest e) {
      refuse(socket, e.status(), String.valueOf(e.getMessage()));
    } catch (SocketTimeoutException e) {
      refuse(socket, 408, "The request took too long to arrive.");
    }
  }

  private void refuse(Socket socket, int status, String message) throws IOException {
    log.say("- refused: %d %s".formatted(status, message));
    Cork cork = new Cork(socket.getOutputStream());
    new ResponseWriter(cork, cork)
        .write(ListenerResponses.UNREAD, ListenerResponses.plain(status, message), true);
    linger(socket);
  }

  private static String destination(RequestHead head) throws MalformedRequest {
    if (!head.method().equals("CONNECT")) {
      throw new MalformedRequest(
          400,
          "This is an HTTPS proxy for the names of Azure: set HTTPS_PROXY to it and ask https URLs.");
    }
    String target = head.target().toLowerCase(Locale.ROOT);
    String host = target.replaceFirst(":443$", "");
    if (host.equals(target) || !AzureHosts.contains(host)) {
      throw new MalformedRequest(
          403,
          "%s is not a host of Azure or GitHub that the local Azure stands for; nothing is forwarded."
              .formatted(target));
    }
    return host;
  }

  private void talk(Socket socket, TimedInput input, @Nullable String tunnel) throws IOException {
    CorkedSocket corked = new CorkedSocket(socket);
    try (SSLSocket secure = (SSLSocket) tls.createSocket(corked, input.rest(), true)) {
      secure.setSoTimeout(Math.toIntExact(limits.head().toMillis()));
      secure.setEnabledCipherSuites(quickFirst(secure.getEnabledCipherSuites()));
      secure.startHandshake();
      OutputStream output = new BufferedOutputStream(secure.getOutputStream(), RECORD);
      ResponseWriter responses = new ResponseWriter(output, corked.cork());
      new RequestLoop(secure, responses, tunnel, backend, direct, limits, log).run();
      linger(secure);
    }
  }

  /** The order of the server counts; on a loopback the shorter of two strong keys is enough. */
  private static String[] quickFirst(String[] suites) {
    return Arrays.stream(suites)
        .sorted(Comparator.comparing(s -> !s.contains("_AES_128_GCM_")))
        .toArray(String[]::new);
  }

  /**
   * Lets the last answer arrive: closing with unread bytes would make the client lose it. Who never
   * stops sending is not waited for.
   */
  private static void linger(Socket socket) throws IOException {
    socket.shutdownOutput();
    long end = System.nanoTime() + LINGER_MILLIS * 1_000_000L;
    byte[] ignored = new byte[16 * 1024];
    InputStream input = socket.getInputStream();
    int left = LINGER_BYTES;
    while (left > 0 && System.nanoTime() < end) {
      socket.setSoTimeout(LINGER_MILLIS);
      int read = input.read(ignored);
      if (read < 0) {
        return;
      }
      left -= read;
    }
  }
}
