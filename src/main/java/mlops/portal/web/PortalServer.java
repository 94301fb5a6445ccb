package mlops.portal.web;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import mlops.portal.PortalSections;

/** The portal on a port of 127.0.0.1, until it is closed. */
public final class PortalServer implements AutoCloseable {
  private static final int THREADS = 16;

  private final HttpServer server;
  private final ExecutorService threads;
  private final Visitors visitors;

  private PortalServer(HttpServer server, ExecutorService threads, Visitors visitors) {
    this.server = server;
    this.threads = threads;
    this.visitors = visitors;
  }

  /**
   * Starts to listen.
   *
   * @param port 0 for any free one
   * @param log is told of a page that could not be made
   * @throws IOException where the port is taken
   */
  public static PortalServer start(PortalSections sections, int port, Consumer<String> log)
      throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback, port), 0);
    Visitors visitors = new Visitors(server.getAddress().getPort());
    PortalAccess access =
        new PortalAccess(new PortalPages(sections), visitors, server.getAddress().getPort(), log);
    server.createContext("/", access);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS, PortalServer::daemon);
    server.setExecutor(threads);
    server.start();
    return new PortalServer(server, threads, visitors);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "portal");
    thread.setDaemon(true);
    return thread;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** The address that lets one browser in, once. */
  public URI address() {
    return URI.create("http://127.0.0.1:%d/?token=%s".formatted(port(), visitors.token()));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
