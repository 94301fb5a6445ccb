package mlops.emulator.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.serve.wire.ServeLimits;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that take all they can get cost the others nothing. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(300)
class GreedyClientsTest {
  private static final String ARM = "management.azure.com";
  private static final String LOGIN = "login.microsoftonline.com";
  private static final String DISCOVERY = "/common/v2.0/.well-known/openid-configuration";
  private static final int PLACES = 6;
  private static final Duration LONG = Duration.ofSeconds(100);

  @TempDir Path folder;

  private Served served() throws Exception {
    return Served.in(
        folder,
        new ServeLimits(PLACES, 64 << 10, 200, LONG, LONG, LONG, LONG, 256 << 10, Duration.ZERO));
  }

  /** Asks on a connection of its own. */
  private static void ask(Served served) throws Exception {
    try (RawClient client = RawClient.tunnel(served, LOGIN)) {
      assertEquals(200, client.get(LOGIN, DISCOVERY).status());
    }
  }

  @Test
  void who_says_nothing_or_half_of_it_keeps_nobody_out() throws Exception {
    try (Served served = served()) {
      for (String first : List.of("", "CONNECT m", "CONNECT x HTTP/1.1\r\nX: ", "\u0016\3\1\2\0")) {
        List<RawClient> silent = new ArrayList<>();
        try {
          for (int i = 0; i < 3 * PLACES; i++) {
            silent.add(RawClient.plain(served));
            silent.get(i).send(first);
          }
          ask(served);
        } finally {
          for (RawClient client : silent) {
            client.close();
          }
        }
      }
    }
  }

  @Test
  void threads_of_clients_that_left_end_soon() throws Exception {
    try (Served served = Served.in(folder)) {
      for (int i = 0; i < 20; i++) {
        RawClient.plain(served).close();
      }
      ask(served);
      Instant end = Instant.now().plusSeconds(300);
      while (servingThreads() > 1 && Instant.now().isBefore(end)) {
        LockSupport.parkNanos(100_000_000);
      }
      assertEquals(1, servingThreads(), "only who accepts is left");
    }
  }

  private static long servingThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("mlops-serve"))
        .count();
  }

  @Test
  void half_open_connections_go_before_one_that_has_asked() throws Exception {
    try (Served served = served();
        RawClient kept = RawClient.tunnel(served, LOGIN)) {
      assertEquals(200, kept.get(LOGIN, DISCOVERY).status());
      List<RawClient> silent = new ArrayList<>();
      for (int i = 0; i < 3 * PLACES; i++) {
        silent.add(RawClient.plain(served));
        silent.get(i).send("CONNECT m");
      }
      ask(served);
      assertEquals(200, kept.get(LOGIN, DISCOVERY).status());
      for (RawClient client : silent) {
        client.close();
      }
    }
  }

  @Test
  void a_body_that_does_not_come_keeps_nobody_out() throws Exception {
    try (Served served = served()) {
      List<RawClient> slow = new ArrayList<>();
      for (int i = 0; i < 2 * PLACES; i++) {
        RawClient client = RawClient.tunnel(served, ARM);
        client.send(put(served, "Content-Length: 1000000\r\n", "{\"loc"));
        slow.add(client);
      }
      ask(served);
      for (RawClient client : slow) {
        client.close();
      }
    }
  }

  @Test
  void a_body_that_is_too_large_is_told_so_however_much_is_sent() throws Exception {
    String megabyte = "[],".repeat((1 << 20) / 3);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (Served served = served()) {
      Callable<Integer> large =
          () -> {
            try (RawClient client = RawClient.tunnel(served, ARM)) {
              client.send(put(served, "Content-Length: 13631488\r\n", "{\"a\":["));
              for (int i = 0; i < 12; i++) {
                client.send(megabyte);
              }
              return client.answer("PUT").status();
            }
          };
      for (Future<Integer> status : threads.invokeAll(List.of(large, large))) {
        assertEquals(413, status.get());
      }
      try (RawClient client = RawClient.tunnel(served, ARM)) {
        client.send(put(served, "Transfer-Encoding: chunked\r\n", ""));
        for (int i = 0; i < 5; i++) {
          client.send("%x\r\n%s\r\n".formatted(megabyte.length(), megabyte));
        }
        assertEquals(413, client.answer("PUT").status());
      }
      ask(served);
      assertTrue(
          served.log().stream().noneMatch(l -> l.contains("bug at")), served.log()::toString);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void a_body_that_azure_takes_is_taken_at_once_or_in_pieces() throws Exception {
    String tag = "x".repeat(3 << 20);
    String body = "{\"location\":\"eastus2\",\"unread\":\"%s\"}".formatted(tag);
    try (Served served = served();
        RawClient client = RawClient.tunnel(served, ARM)) {
      client.send(put(served, "Content-Length: " + body.length() + "\r\n", body));
      int status = client.answer("PUT").status();
      assertTrue(status != 413 && status < 500, "" + status);
    }
  }

  private static String put(Served served, String fields, String body) {
    return "PUT /subscriptions/%s/resourceGroups/raw?api-version=2021-04-01 HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n%s\r\n%s"
        .formatted(EmbeddedAzureOptions.SUBSCRIPTION, ARM, served.armToken(), fields, body);
  }
}
