package mlops.emulator.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;

/** Requests that nobody would send, to each host at once: none is answered by a bug or silence. */
final class Fuzz {
  /** The log that the test keeps takes some of it. */
  private static final long MOST_GROWTH = 24L << 20;

  private static final List<String> HOSTS =
      List.of(
          "management.azure.com",
          "graph.microsoft.com",
          "login.microsoftonline.com",
          "fuzzstore.blob.core.windows.net",
          "fuzzstore.dfs.core.windows.net");

  /**
   * Sends them to a service of its own.
   *
   * @param requests how many, to all hosts together
   */
  static void send(int requests, Path folder) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(HOSTS.size());
    try (Served served = Served.in(folder)) {
      SSLContext trust = served.trust();
      ServedAzure.in(served, "fuzzstore");
      List<Callable<Integer>> work = new ArrayList<>();
      for (String host : HOSTS) {
        work.add(() -> fuzz(requests / HOSTS.size(), served, trust, host));
      }
      long before = liveBytes();
      int answered = 0;
      for (Future<Integer> part : threads.invokeAll(work)) {
        answered += part.get();
      }
      assertEquals(requests, answered);
      long grown = liveBytes() - before;
      assertTrue(grown < MOST_GROWTH, () -> "memory grew by " + (grown >> 10) + " KiB");
      List<String> bugs =
          served.log().stream()
              .filter(l -> l.contains("bug at") || l.contains("\tat mlops."))
              .map(l -> l.substring(0, Math.min(l.length(), 1500)))
              .distinct()
              .limit(40)
              .toList();
      assertTrue(bugs.isEmpty(), () -> String.join("\n", bugs));
    } finally {
      threads.shutdownNow();
    }
  }

  private static int fuzz(int count, Served served, SSLContext trust, String host)
      throws Exception {
    RandomRequests requests = new RandomRequests(host.hashCode());
    String token =
        served
            .azure()
            .userToken(
                host.startsWith("graph")
                    ? "https://graph.microsoft.com"
                    : host.startsWith("management")
                        ? "https://management.azure.com"
                        : "https://storage.azure.com");
    int answered = 0;
    Map<Integer, Integer> statuses = new TreeMap<>();
    RawClient client = RawClient.tunnel(served, trust, host);
    try {
      for (int i = 0; i < count; i++) {
        String request = requests.next(host, token);
        client.send(request);
        RawClient.Answer answer = client.answer(request.substring(0, request.indexOf(' ')));
        String about = request.substring(0, Math.min(300, request.length())) + answer;
        assertTrue(!answer.body().contains("Exception:"), about);
        assertTrue(!answer.body().contains("\tat "), about);
        answered++;
        statuses.merge(answer.status(), 1, Integer::sum);
        if (answer.closes()) {
          client.close();
          client = RawClient.tunnel(served, trust, host);
        }
      }
    } finally {
      client.close();
    }
    assertTrue(statuses.size() > 2, () -> host + " " + statuses);
    assertTrue(statuses.getOrDefault(500, 0) == 0, () -> host + " " + statuses);
    return answered;
  }

  /** What objects in use take, once all others are gone. */
  private static long liveBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private Fuzz() {}
}
