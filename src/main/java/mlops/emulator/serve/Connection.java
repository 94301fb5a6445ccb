package mlops.emulator.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import mlops.emulator.serve.tls.HostTls;
import mlops.emulator.serve.wire.BatchingOutput;
import mlops.emulator.serve.wire.BatchingSocket;
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

  private static final String QUICKEST =
      System.getProperty("java.vm.info", "").contains("emulated-client")
          ? "_CHACHA20_"
          : "_AES_128_GCM_";

  private static final int LINGER_SILENT_MILLIS = 2000;
  private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final HostTls tls;
  private final Destinations destinations;
  private final RequestDispatch dispatch;
  private final ServeLimits limits;

  Connection(HostTls tls, Destinations destinations, RequestDispatch dispatch, ServeLimits limits) {
    this.tls = tls;
    this.destinations = destinations;
    this.dispatch = dispatch;
    this.limits = limits;
  }

  void serve(OpenConnection accepted) throws IOException {
    Socket socket = accepted.socket();
    socket.setTcpNoDelay(true);
    TimedInput input = new TimedInput(socket, RECORDS, accepted);
    input.allow(limits.head());
    int first = input.peek();
    if (first == TLS_HANDSHAKE && destinations.isDirectOpen()) {
      talk(accepted, input, null);
    } else if (first >= 0) {
      tunnel(accepted, input);
    }
  }

  private void tunnel(OpenConnection accepted, TimedInput input) throws IOException {
    try {
      Optional<RequestHead> head = new HeadReader(input, limits).next();
      if (head.isPresent()) {
        Destinations.Destination destination = destination(head.get());
        if (destination.far().isPresent()) {
          forward(accepted, input, destination.far().get());
        } else {
          establish(accepted);
          talk(accepted, input, destination.host());
        }
      }
    } catch (MalformedRequest e) {
      refuse(accepted, e.status(), String.valueOf(e.getMessage()));
    } catch (SocketTimeoutException e) {
      refuse(accepted, 408, "The request took too long to arrive.");
    }
  }

  private void refuse(OpenConnection accepted, int status, String message) throws IOException {
    dispatch.log().say("- refused: %d %s".formatted(status, message));
    Socket socket = accepted.socket();
    BatchingOutput batches = new BatchingOutput(socket.getOutputStream(), accepted);
    new ResponseWriter(batches, batches)
        .write(ListenerResponses.UNREAD, ListenerResponses.plain(status, message), true);
    linger(socket, accepted);
  }

  private Destinations.Destination destination(RequestHead head) throws IOException {
    if (!head.method().equals("CONNECT")) {
      throw new MalformedRequest(
          400,
          "This is an HTTPS proxy for the names of Azure: set HTTPS_PROXY to it and ask https URLs.");
    }
    return destinations.lead(head);
  }

  private static void establish(OpenConnection accepted) throws IOException {
    OutputStream output = accepted.socket().getOutputStream();
    output.write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(ISO_8859_1));
    output.flush();
  }

  /** How long one of the two says nothing is their own affair. */
  private static void forward(OpenConnection accepted, TimedInput input, Socket far)
      throws IOException {
    try (far) {
      accepted.leadsTo(far);
      establish(accepted);
      input.allow(Duration.ZERO);
      new Tunnel(input.rest(), accepted.socket(), far).run();
    }
  }

  private void talk(OpenConnection accepted, TimedInput input, @Nullable String tunnel)
      throws IOException {
    BatchingSocket batching = new BatchingSocket(accepted.socket(), accepted);
    try (SSLSocket secure = (SSLSocket) tls.sockets().createSocket(batching, input.rest(), true)) {
      secure.setSoTimeout(Math.toIntExact(limits.head().toMillis()));
      secure.setEnabledCipherSuites(quickFirst(secure.getEnabledCipherSuites()));
      secure.startHandshake();
      OutputStream output = new BufferedOutputStream(secure.getOutputStream(), RECORD);
      ResponseWriter responses = new ResponseWriter(output, batching.output());
      new RequestLoop(secure, responses, tunnel, dispatch, accepted, limits).run();
      linger(secure, accepted);
    }
  }

  /**
   * The order of the server counts. On a loopback the shorter of two strong keys is enough; but
   * without the optimising compiler, as in the host of a job, Java cannot use what the processor
   * has for AES, and ChaCha20 is five times as quick.
   */
  private static String[] quickFirst(String[] suites) {
    return Arrays.stream(suites)
        .sorted(Comparator.comparing(s -> !s.contains(QUICKEST)))
        .toArray(String[]::new);
  }

  /**
   * Lets the last answer arrive: closing with unread bytes would make the client lose it. What
   * still comes is thrown away, for a while; who never stops sending is not waited for.
   */
  private static void linger(Socket socket, OpenConnection accepted) throws IOException {
    accepted.begins();
    socket.shutdownOutput();
    long end = System.nanoTime() + LINGER_NANOS;
    byte[] ignored = new byte[16 * 1024];
    InputStream input = socket.getInputStream();
    socket.setSoTimeout(LINGER_SILENT_MILLIS);
    for (int read = 0; read >= 0 && System.nanoTime() < end; ) {
      read = input.read(ignored);
    }
  }
}
