package mlops;

import com.azure.core.http.ProxyOptions;
import com.azure.core.util.Configuration;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mlops.error.MlopsException;

/**
 * Whether Azure can be reached at all. Without a network each way to log in waits and tries again
 * for itself, more than a minute in all, and the failure would be blamed on the login.
 */
final class NetworkCheck {
  private static final String HOST = "management.azure.com";
  private static final int PORT = 443;
  private static final int SECONDS = 10;

  /**
   * Connects once, to the proxy where there is one.
   *
   * @throws MlopsException FAILED where nothing answers
   */
  static void require(Configuration configuration) {
    ProxyOptions proxy = ProxyOptions.fromConfiguration(configuration);
    String host = proxy == null ? HOST : proxy.getAddress().getHostString();
    int port = proxy == null ? PORT : proxy.getAddress().getPort();
    String reason = failure(host, port);
    if (!reason.isEmpty()) {
      throw MlopsException.failed(
          "NetworkUnreachable",
          "Azure cannot be reached: %s%s:%d %s"
              .formatted(proxy == null ? "" : "the proxy ", host, port, reason),
          "Check the network, and the proxy in HTTPS_PROXY where there is one, then run the command"
              + " again.");
    }
  }

  /** Why nothing answers; empty where something does. Names are looked up with no limit of time. */
  private static String failure(String host, int port) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    Executors.newSingleThreadExecutor(NetworkCheck::daemon)
        .execute(() -> answer.complete(connect(host, port)));
    try {
      return answer.get(SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return "does not answer within %d s".formatted(SECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "was not waited for";
    }
  }

  private static String connect(String host, int port) {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      return "is a host that nobody knows here";
    }
    try (Socket socket = new Socket()) {
      socket.connect(address, SECONDS * 1000);
      return "";
    } catch (IOException e) {
      return "does not answer: " + e.getMessage();
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "network-check");
    thread.setDaemon(true);
    return thread;
  }

  private NetworkCheck() {}
}
