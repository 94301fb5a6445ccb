package mlops.emulator.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.serve.wire.ServeLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that break the rules get an answer or a closed connection; others are served on. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(300)
class BadClientsTest {
  private static final String ARM = "management.azure.com";
  private static final String DISCOVERY = "/common/v2.0/.well-known/openid-configuration";
  private static final String LOGIN = "login.microsoftonline.com";
  private static final String GROUP =
      "/subscriptions/"
          + EmbeddedAzureOptions.SUBSCRIPTION
          + "/resourceGroups/raw?api-version=2021-04-01";
  private static final Duration SHORT = Duration.ofSeconds(1);

  @TempDir Path folder;
  private Served served;

  @BeforeEach
  void serve() throws Exception {
    served = Served.in(folder);
  }

  /** A busy machine may be slow itself, so only who is slow on purpose meets short limits. */
  private void serveWithLittlePatience() throws Exception {
    served.close();
    served =
        Served.in(folder, ServeLimits.defaults().withTimes(SHORT, Duration.ofSeconds(60), SHORT));
  }

  @AfterEach
  void others_are_still_served() throws Exception {
    try (RawClient client = RawClient.tunnel(served, LOGIN)) {
      assertEquals(200, client.get(LOGIN, DISCOVERY).status());
    }
    served.close();
    assertTrue(
        served.log().stream().noneMatch(l -> l.contains("bug at") || l.contains("Tag mismatch")),
        served.log()::toString);
  }

  @Test
  void garbage_is_refused() throws Exception {
    for (String garbage :
        List.of("\0\1\2\r\n\r\n", "hello\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/1.1\nHost: x\n\n")) {
      try (RawClient client = RawClient.plain(served)) {
        client.send(garbage);
        int status = client.answer("GET").status();
        assertTrue(status == 400 || status == 505, garbage + status);
      }
    }
    try (RawClient client = RawClient.plain(served)) {
      client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
      assertEquals(505, client.answer("GET").status());
    }
    serveWithLittlePatience();
    try (RawClient client = RawClient.plain(served)) {
      client.send("\u0016\u0003\u0001 this is no handshake at all, is it?");
      assertThrows(IOException.class, client::line);
    }
  }

  @Test
  void a_host_that_is_not_azures_is_refused_and_never_asked() throws Exception {
    for (String host : List.of("example.com", "evilazure.com", "localhost", "10.0.0.1", "a..b")) {
      IOException refused =
          assertThrows(IOException.class, () -> RawClient.tunnel(served, host), host);
      assertTrue(String.valueOf(refused.getMessage()).contains("403"), refused::toString);
    }
    try (RawClient client = RawClient.plain(served)) {
      client.send(
          "GET http://management.azure.com/ HTTP/1.1\r\nHost: management.azure.com\r\n\r\n");
      assertEquals(400, client.answer("GET").status());
    }
  }

  @Test
  void a_tunnel_leads_to_its_own_host_only() throws Exception {
    try (RawClient client = RawClient.tunnel(served, LOGIN)) {
      assertEquals(421, client.get(ARM, "/").status());
    }
  }

  @Test
  void a_header_of_a_hundred_megabytes_is_refused_before_it_has_come() throws Exception {
    String megabyte = "x".repeat(1 << 20);
    try (RawClient client = RawClient.tunnel(served, ARM)) {
      client.send("GET / HTTP/1.1\r\nHost: " + ARM + "\r\nX: " + megabyte);
      long end = System.nanoTime() + Duration.ofMinutes(5).toNanos();
      while (served.log().stream().noneMatch(line -> line.contains("refused: 431"))) {
        assertTrue(System.nanoTime() < end, "not refused after a hundredth of it");
        LockSupport.parkNanos(1_000_000);
      }
      for (int sent = 1; sent < 100; sent++) {
        client.send(megabyte); // to nobody: it is thrown away for a moment, so that 431 arrives
      }
      assertEquals(431, client.answer("GET").status());
    } catch (SocketException | SSLException cutOff) {
      assertFalse(served.log().isEmpty(), "cut off where the moment was over");
    }
    try (RawClient client = RawClient.tunnel(served, ARM)) {
      client.send("GET / HTTP/1.1\r\nHost: %s\r\nX: %s".formatted(ARM, "x".repeat(70_000)));
      assertEquals(431, client.answer("GET").status());
    }
    try (RawClient client = RawClient.tunnel(served, ARM)) {
      client.send("GET / HTTP/1.1\r\nHost: " + ARM + "\r\n" + "A: b\r\n".repeat(300) + "\r\n");
      assertEquals(431, client.answer("GET").status());
    }
  }

  @Test
  void who_sends_too_slowly_is_told_so() throws Exception {
    serveWithLittlePatience();
    try (RawClient client = RawClient.tunnel(served, ARM)) {
      client.send("GET / HTT");
      assertEquals(408, client.answer("GET").status());
    }
    try (RawClient client = RawClient.tunnel(served, ARM)) {
      client.send(put("Content-Length: 100\r\n", "{\"loc"));
      assertEquals(408, client.answer("PUT").status());
    }
    try (RawClient client = RawClient.plain(served)) {
      client.send("CONNECT manag");
      assertEquals(408, client.answer("CONNECT").status());
    }
  }

  @Test
  void who_sends_a_drop_at_a_time_is_not_waited_for_without_end() throws Exception {
    serveWithLittlePatience();
    try (RawClient client = RawClient.tunnel(served, ARM)) {
      client.send("GET / HTTP/1.1\r\nX: ");
      long end = System.nanoTime() + SHORT.multipliedBy(20).toNanos();
      while (client.isSilent(Duration.ofMillis(30))) {
        assertTrue(System.nanoTime() < end, "the header is never idle and never done");
        client.send("x");
      }
      assertEquals(408, client.answer("GET").status());
    } catch (SocketException | SSLException late) {
      // the last drop came when the connection had just been closed, and took the answer with it
      while (served.log().stream().noneMatch(line -> line.contains("refused: 408"))) {
        LockSupport.parkNanos(1_000_000);
      }
    }
  }

  @Test
  void framing_that_can_be_read_in_two_ways_is_refused() throws Exception {
    assertEquals(400, framed("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"));
    assertEquals(400, framed("Content-Length: 5\r\nContent-Length: 6\r\n", "hello"));
    assertEquals(400, framed("Content-Length: -1\r\n", ""));
    assertEquals(400, framed("Content-Length : 1\r\n", "x"));
    assertEquals(501, framed("Transfer-Encoding: gzip, chunked\r\n", ""));
    assertEquals(400, framed("Transfer-Encoding: chunked\r\n", "zz\r\nhello\r\n0\r\n\r\n"));
    assertEquals(400, framed("Transfer-Encoding: chunked\r\n", "2\r\nhello\r\n0\r\n\r\n"));
    assertEquals(413, framed("Content-Length: 999999999999\r\n", ""));
    for (String hidden : List.of("\u000b", "\u000c", "\u001c", "\u001f", "\u0085", "\u00a0")) {
      assertEquals(400, framed("Content-Length: " + hidden + "5\r\n", "hello"));
      assertEquals(400, framed("Content-Length: 5" + hidden + "\r\n", "hello"));
      int coded = framed("Transfer-Encoding: " + hidden + "chunked\r\n", "0\r\n\r\n");
      assertTrue(coded == 400 || coded == 501, "" + coded);
      assertEquals(400, framed("Transfer-Encoding: chunked\r\n", hidden + "0\r\n\r\n"));
    }
    assertEquals(400, framed("Transfer-Encoding: chunked\r\n", "2\r\n{} \r\n0\r\n\r\n"));
    assertEquals(417, framed("Expect: a-miracle\r\n", ""));
  }

  @Test
  void a_chunked_body_arrives() throws Exception {
    String body = "7\r\n{\"locat\r\nf;ext=1\r\nion\":\"eastus2\"}\r\n0\r\nTrailer: x\r\n\r\n";
    try (RawClient client = RawClient.tunnel(served, ARM)) {
      client.send(put("Transfer-Encoding: chunked\r\n", body));
      RawClient.Answer answer = client.answer("PUT");
      assertEquals(201, answer.status(), answer.body());
      assertEquals(401, client.get(ARM, GROUP).status(), "the same connection goes on");
    }
  }

  @Test
  void a_waiting_client_may_go_on_only_where_it_may_write() throws Exception {
    String body = "{\"location\":\"eastus2\"}";
    String expecting = "Expect: 100-continue\r\nContent-Length: " + body.length() + "\r\n";
    try (RawClient client = RawClient.tunnel(served, ARM)) {
      client.send(put(expecting, ""));
      assertEquals(100, client.answer("PUT").status());
      client.send(body);
      assertEquals(201, client.answer("PUT").status());
    }
    try (RawClient client = RawClient.tunnel(served, ARM)) {
      client.send("PUT %s HTTP/1.1\r\nHost: %s\r\n%s\r\n".formatted(GROUP, ARM, expecting));
      RawClient.Answer refused = client.answer("PUT");
      assertEquals(401, refused.status());
      assertTrue(refused.closes());
    }
  }

  @Test
  void pipelined_requests_are_answered_in_order() throws Exception {
    String get = "GET %s HTTP/1.1\r\nHost: " + LOGIN + "\r\n\r\n";
    try (RawClient client = RawClient.tunnel(served, LOGIN)) {
      client.send(
          get.formatted(DISCOVERY)
              + get.formatted("/nowhere")
              + get.formatted("/common/discovery/instance"));
      assertTrue(client.answer("GET").body().contains("token_endpoint"));
      assertEquals(501, client.answer("GET").status());
      assertTrue(client.answer("GET").body().contains("tenant_discovery_endpoint"));
    }
  }

  @Test
  void a_client_that_has_said_its_last_word_gets_its_answer() throws Exception {
    try (RawClient client = RawClient.tunnel(served, LOGIN)) {
      client.send("GET %s HTTP/1.0\r\nHost: %s\r\n\r\n".formatted(DISCOVERY, LOGIN));
      client.socket().shutdownOutput();
      assertEquals(200, client.answer("GET").status());
      assertThrows(EOFException.class, client::line);
    }
    try (RawClient client = RawClient.tunnel(served, ARM)) {
      client.send(put("Content-Length: 100\r\n", "{"));
      client.socket().shutdownOutput();
      assertEquals(400, client.answer("PUT").status());
    }
  }

  @Test
  void fifty_connections_are_served_at_once() throws Exception {
    SSLContext trust = served.trust();
    List<RawClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 50; i++) {
        clients.add(RawClient.tunnel(served, trust, LOGIN));
      }
      for (int round = 0; round < 2; round++) {
        for (RawClient client : clients) {
          client.send("GET %s HTTP/1.1\r\nHost: %s\r\n\r\n".formatted(DISCOVERY, LOGIN));
        }
        for (RawClient client : clients) {
          assertFalse(client.answer("GET").closes());
        }
      }
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  private int framed(String fields, String body) throws Exception {
    try (RawClient client = RawClient.tunnel(served, ARM)) {
      client.send(put(fields, body));
      return client.answer("PUT").status();
    }
  }

  private String put(String fields, String body) {
    return "PUT %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n%s\r\n%s"
        .formatted(GROUP, ARM, served.armToken(), fields, body);
  }
}
