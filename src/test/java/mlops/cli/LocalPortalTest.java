package mlops.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.Program;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code local portal}, as a process: whom it lets in, and what it answers to all others. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(300)
class LocalPortalTest {
  private static final Pattern COOKIE = Pattern.compile("Set-cookie: ([^;]+);([^\r]*)");

  @TempDir Path folder;

  @Test
  void it_shows_to_whoever_brings_the_token_first_and_only_shows() throws Exception {
    Process portal =
        new ProcessBuilder(
                Program.mlops(
                    "local", "portal", "--state", folder.toString(), "-o", "json", "--suffix", "x"))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      URI address = URI.create(address(portal));
      assertEquals("127.0.0.1", address.getHost());
      whoIsNotLetIn(address);
      String cookie = enter(address);
      whatItShows(address, cookie);
      assertTrue(
          ask(address, "POST /jobs", "Cookie: " + cookie).startsWith("HTTP/1.1 405 "), "no writes");
      assertTrue(ask(address, "DELETE /", "Cookie: " + cookie).contains("Allow: GET"));
      assertTrue(ask(address, "HEAD /", "Cookie: " + cookie).startsWith("HTTP/1.1 405 "));
    } finally {
      portal.destroy();
      assertTrue(portal.waitFor(300, TimeUnit.SECONDS), "it does not end");
    }
  }

  private static void whoIsNotLetIn(URI address) throws IOException {
    for (String path : List.of("/", "/jobs", "/portal.js", "/?token=", "/?token=guessed")) {
      String answer =
          ask(address, "GET " + path, "Cookie: mlops_portal_" + address.getPort() + "=x");
      assertTrue(answer.matches("(?s)HTTP/1.1 40[13] .*"), path + ": " + answer);
      assertFalse(answer.contains("Resources"), answer);
      assertTrue(answer.contains("Content-security-policy: default-src 'none';"), answer);
    }
    String rebound =
        raw(
            address,
            "GET /?" + address.getRawQuery() + " HTTP/1.1\r\nHost: evil.example:80\r\n\r\n");
    assertTrue(rebound.startsWith("HTTP/1.1 403 "), rebound);
    assertFalse(rebound.contains("Set-cookie"), "the token was not used up by another host");
  }

  private static String enter(URI address) throws IOException {
    String first = ask(address, "GET /?" + address.getRawQuery(), "Accept: */*");
    Matcher cookie = COOKIE.matcher(first);
    assertTrue(cookie.find(), first);
    assertTrue(cookie.group(2).contains("HttpOnly; SameSite=Strict"), first);
    String again = ask(address, "GET /?" + address.getRawQuery(), "Accept: */*");
    assertTrue(again.startsWith("HTTP/1.1 403 "), again);
    return cookie.group(1);
  }

  private static void whatItShows(URI address, String cookie) throws IOException {
    String mine = "Cookie: other=1; " + cookie;
    for (String page :
        List.of("/resources", "/access", "/jobs", "/models", "/storage", "/predictions")) {
      String answer = ask(address, "GET " + page, mine);
      assertTrue(answer.startsWith("HTTP/1.1 200 "), page + ": " + answer);
      assertTrue(answer.contains("Portal of the local Azure, suffix x"), answer);
      assertFalse(answer.contains("class=\"error\""), answer);
    }
    String guide = ask(address, "GET /", mine);
    assertTrue(guide.contains("comes next, 0 of") && guide.contains("suffix x"), guide);
    assertTrue(ask(address, "GET /jobs", mine).contains("There is no workspace yet"), "no jobs");
    assertTrue(ask(address, "GET /predictions", mine).contains("Nothing has been predicted"));
    assertTrue(ask(address, "GET /portal.css", mine).contains("Content-type: text/css"));
    for (String gone :
        List.of("/jobs/no/such", "/storage/no/such?file=x", "/nothing", "/a/b/c/d")) {
      assertTrue(ask(address, "GET " + gone, mine).startsWith("HTTP/1.1 404 "), gone);
    }
    assertTrue(
        ask(address, "GET /jobs", "Host: localhost:" + address.getPort(), mine).contains("200 OK"));
  }

  private static String address(Process portal) throws IOException {
    StringBuilder text = new StringBuilder();
    var lines = portal.inputReader(UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      text.append(line);
      if (line.equals("}")) {
        return new ObjectMapper().readTree(text.toString()).at("/result/url").asText();
      }
    }
    throw new IOException("the portal ended: " + text);
  }

  /** Without a header Host, that of the address is sent. */
  private static String ask(URI address, String request, String... headers) throws IOException {
    boolean hosted = headers[0].startsWith("Host: ");
    String host = hosted ? "" : "Host: 127.0.0.1:%d\r\n".formatted(address.getPort());
    return raw(
        address, request + " HTTP/1.1\r\n" + host + String.join("\r\n", headers) + "\r\n\r\n");
  }

  /** As bytes: Java's own client sends no {@code Host} but its own. */
  private static String raw(URI address, String request) throws IOException {
    String closing = request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
      socket.getOutputStream().write(closing.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  @Test
  void a_service_shows_it_too() throws Exception {
    Process service =
        new ProcessBuilder(
                Program.mlops(
                    "local", "serve", "--portal", "--port", "0", "--state", folder.toString()))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      var lines = service.inputReader(UTF_8);
      String line = lines.readLine();
      while (line != null && !line.contains("/?token=")) {
        line = lines.readLine();
      }
      URI address = URI.create(String.valueOf(line).replaceFirst(" +open it +", "").strip());
      assertTrue(ask(address, "GET /models", "Cookie: " + enter(address)).contains("200 OK"));
    } finally {
      service.destroy();
      assertTrue(service.waitFor(300, TimeUnit.SECONDS), "it does not end");
    }
  }

  @Test
  void what_it_cannot_be_is_said() {
    Transcript mlops = Transcript.of(folder);
    assertEquals(2, mlops.run("local", "portal", "--cloud", "azure"));
    assertTrue(mlops.err().contains("not about --cloud azure"), mlops.err());
    assertEquals(2, mlops.run("local", "portal", "--port", "70000"));
    assertTrue(mlops.err().contains("0 to 65535"), mlops.err());
    assertEquals(2, mlops.run("local", "serve", "--portal", "-o", "json"));
    assertTrue(mlops.out().contains("a JSON document each"), mlops.out());
  }
}
