package mlops.features.serve;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import mlops.features.online.FeatureLookup.Asked;
import mlops.features.online.OnlineStore;

/** ServiceReads on a port of 127.0.0.1, until it is closed: {@code POST /get}. */
public final class FeatureServer implements AutoCloseable {
  private static final int THREADS = 16;
  private static final long DRAIN = 500_000_000; // a keep-alive client asks again within that

  private final HttpServer server;
  private final ExecutorService threads;
  private final LookupHandler handler;

  private FeatureServer(HttpServer server, ExecutorService threads, LookupHandler handler) {
    this.server = server;
    this.threads = threads;
    this.handler = handler;
  }

  /**
   * Starts to listen.
   *
   * @param port 0 for any free one
   * @param token that each request must bring
   * @param log is told of a request that could not be answered
   * @throws IOException where the port is taken
   */
  public static FeatureServer start(
      OnlineStore store,
      List<Asked> asked,
      int port,
      String token,
      Clock clock,
      Consumer<String> log)
      throws IOException {
    System.setProperty("sun.net.httpserver.nodelay", "true"); // or each answer waits for an ACK
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback, port), 0);
    LookupHandler handler =
        new LookupHandler(
            store, asked, new CallerCheck(token, server.getAddress().getPort()), clock, log);
    server.createContext("/", handler);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS, FeatureServer::daemon);
    server.setExecutor(threads);
    server.start();
    return new FeatureServer(server, threads, handler);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "features");
    thread.setDaemon(true);
    return thread;
  }

  /** Such as {@code http://127.0.0.1:8080}. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** How many lookups were answered. */
  public long answered() {
    return handler.answered();
  }

  /**
   * Every request that came is answered; clients that keep connections are told to let go first.
   */
  @Override
  public void close() {
    handler.end();
    LockSupport.parkNanos(DRAIN);
    server.stop(1); // a second for what is being answered
    threads.shutdown();
  }
}
