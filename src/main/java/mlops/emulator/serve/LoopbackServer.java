package mlops.emulator.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import mlops.emulator.serve.tls.HostTls;
import mlops.emulator.serve.wire.MemoryBudget;
import mlops.emulator.serve.wire.ServeLimits;
import mlops.emulator.state.StateTree;

/**
 * The embedded Azure on a port of the loopback interface: an HTTP CONNECT proxy that ends TLS
 * itself, and on the same port TLS directly.
 */
public final class LoopbackServer implements AutoCloseable {
  private static final int BACKLOG = 256;

  /** How long a thread waits for its next connection: after a crowd it is soon one of few. */
  private static final int IDLE_SECONDS = 1;

  private final ServerSocket listener;
  private final HostTls tls;
  private final Connection connection;
  private final Duration grace;
  private final RequestLog log;
  private final LoopbackPeers peers = LoopbackPeers.here();
  private final OpenConnections open;
  private final ExecutorService threads =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          LoopbackServer::thread);

  private LoopbackServer(
      ServerSocket listener,
      HostTls tls,
      Backend backend,
      Destinations destinations,
      ServeLimits limits,
      RequestLog log) {
    this.listener = listener;
    this.tls = tls;
    this.grace = limits.grace();
    this.open = new OpenConnections(limits.connections());
    this.log = log;
    this.connection =
        new Connection(
            tls,
            destinations,
            new RequestDispatch(
                backend,
                peers,
                new DirectEndpoint(listener.getLocalPort()),
                MemoryBudget.ofHeap(),
                log),
            limits);
  }

  /**
   * Begins to listen, for whoever wants to talk to Azure.
   *
   * @param port 0 for any free one
   * @throws IOException where the port is taken
   */
  public static LoopbackServer start(
      StateTree state, Backend backend, int port, ServeLimits limits, RequestLog log)
      throws IOException {
    HostTls tls = HostTls.of(state);
    tls.sockets(); // now, for whoever starts it is there to hear of what is broken
    return start(tls, backend, new AzureDestinations(), port, limits, log);
  }

  /** The same with destinations of one's own. */
  public static LoopbackServer start(
      HostTls tls,
      Backend backend,
      Destinations destinations,
      int port,
      ServeLimits limits,
      RequestLog log)
      throws IOException {
    ServerSocket listener =
        new ServerSocket(port, BACKLOG, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    LoopbackServer server = new LoopbackServer(listener, tls, backend, destinations, limits, log);
    server.threads.execute(new Acceptor(listener, server.open, server::handOver, log));
    return server;
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** The certificate that clients must trust. */
  public Path caFile() {
    return tls.caFile();
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "mlops-serve");
    thread.setDaemon(true);
    return thread;
  }

  private void handOver(OpenConnection accepted) {
    try {
      threads.execute(() -> serve(accepted));
    } catch (RejectedExecutionException closing) {
      accepted.close(); // it came while the service ended
    }
  }

  private void serve(OpenConnection accepted) {
    try (Socket socket = accepted.socket()) {
      OptionalInt stranger = peers.stranger(socket);
      if (stranger.isPresent()) {
        log.say(
            "- refused: a connection of another user of this machine, uid " + stranger.getAsInt());
      } else {
        connection.serve(accepted);
      }
    } catch (SSLException e) {
      log.say("- TLS failed; does the client trust %s? %s".formatted(caFile(), e.getMessage()));
    } catch (IOException gone) {
      // the client has left, or had to make room; nobody is there to be told
    } catch (RuntimeException e) {
      log.bug("a connection", e);
    } finally {
      open.remove(accepted);
    }
  }

  /** Stops listening, gives requests under way a moment, then ends every connection. */
  @Override
  public void close() {
    try {
      listener.close();
      threads.shutdown();
      open.all().forEach(c -> hearNoMore(c.socket()));
      if (!threads.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS)) {
        open.all().forEach(OpenConnection::close);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void hearNoMore(Socket socket) {
    try {
      socket.shutdownInput();
    } catch (IOException closed) {
      // its own thread was quicker, and that is what is wanted
    }
  }
}
