package mlops.emulator.run.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.blob.published.PublicData;
import mlops.emulator.blob.published.PublicUrl;
import mlops.emulator.serve.RawClient;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the processes of a job reach by their proxy, and what they do not. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class JobProxyTest {
  private static final String LOGIN = "login.microsoftonline.com";

  @TempDir Path folder;

  private ProxiedJob job() throws IOException {
    return ProxiedJob.in(folder, Map.of());
  }

  private static ServerSocket listener() throws IOException {
    return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  private static RawClient accepted(ServerSocket listener) throws IOException {
    return RawClient.of(listener.accept());
  }

  private static int read(ProxiedJob job, String token) throws Exception {
    try (RawClient client = job.secure(ProxiedJob.BLOB_HOST)) {
      client.send(
          "GET /data/one.txt HTTP/1.1\r\nHost: %s\r\nx-ms-version: 2023-11-03\r\nAuthorization: Bearer %s\r\n\r\n"
              .formatted(ProxiedJob.BLOB_HOST, token));
      return client.answer("GET").status();
    }
  }

  @Test
  void a_blob_is_read_by_whom_its_role_allows_it() throws Exception {
    try (ProxiedJob job = job()) {
      assertEquals(403, read(job, job.token(false)));
      assertEquals(200, read(job, job.token(true)));
      assertEquals(401, read(job, "none"));
    }
  }

  @Test
  void what_others_publish_is_read_by_anyone_where_it_is_laid() throws Exception {
    String host = "examples.blob.core.windows.net";
    PublicUrl url = PublicUrl.of("https://" + host + "/data/a%20b.csv").orElseThrow();
    try (ProxiedJob job = job()) {
      EmbeddedAzure azure = job.cloud().azure();
      Path file = Files.writeString(folder.resolve("b.csv"), "1,2");
      new PublicData(azure.state(), azure.blobs()).lay(url, file, name -> "text/csv");
      try (RawClient client = job.secure(host)) {
        assertEquals("1,2", client.get(host, "/data/a%20b.csv").body());
        client.send("DELETE /data/a%%20b.csv HTTP/1.1\r\nHost: %s\r\n\r\n".formatted(host));
        assertEquals(401, client.answer("DELETE").status());
      }
    }
  }

  @Test
  void a_vault_and_the_resource_manager_ask_for_a_token_too() throws Exception {
    try (ProxiedJob job = job();
        RawClient vault = job.secure(ProxiedJob.VAULT_HOST);
        RawClient arm = job.secure("management.azure.com");
        RawClient workspaces = job.secure("eastus2.api.azureml.ms")) {
      assertEquals(401, vault.get(ProxiedJob.VAULT_HOST, "/secrets?api-version=7.4").status());
      String group = ProxiedJob.GROUP + "?api-version=2022-09-01";
      assertEquals(401, arm.get("management.azure.com", group).status());
      assertEquals(421, arm.get(ProxiedJob.VAULT_HOST, "/").status());
      assertEquals(200, workspaces.get("eastus2.api.azureml.ms", "/discovery").status());
    }
  }

  @Test
  void nobody_passes_without_the_password_of_the_job() throws Exception {
    try (ProxiedJob job = job();
        ProxiedJob other = ProxiedJob.in(folder.resolve("other"), Map.of())) {
      other.proxy().admit("another", other.folder(), Map.of());
      for (String user : List.of("job:another", "job:", ":s3cret", "JOB:s3cret", "job:s3cret:")) {
        RawClient.Answer refused = job.refused("management.azure.com:443", user);
        assertEquals(407, refused.status());
        assertTrue(
            String.valueOf(refused.headers().get("proxy-authenticate")).startsWith("Basic "));
      }
      try (RawClient bare = job.plain()) {
        bare.send("CONNECT management.azure.com:443 HTTP/1.1\r\nHost: x\r\n\r\n");
        assertEquals(407, bare.answer("CONNECT").status());
      }
      try (RawClient direct = job.plain()) {
        direct.send("\u0016\u0003\u0001 a ClientHello\r\n\r\n");
        assertEquals(400, direct.answer("GET").status(), "TLS without a tunnel shows no password");
      }
    }
  }

  @Test
  void what_is_no_host_and_port_leads_nowhere() throws Exception {
    try (ProxiedJob job = job()) {
      for (String target : List.of("localhost", "localhost:99999", "a/b:443", "[::1:443", ":443")) {
        assertEquals(400, job.refused(target, "job:s3cret").status(), target);
      }
      int closed;
      try (ServerSocket once = listener()) {
        closed = once.getLocalPort();
      }
      assertEquals(502, job.refused("localhost:" + closed, "job:s3cret").status());
    }
  }

  @Test
  void nobody_is_logged_in_but_an_application_by_its_own_secret() throws Exception {
    String password = "client_id=a&client_secret=b&scope=https://vault.azure.net/.default";
    try (ProxiedJob job = job();
        RawClient login = job.secure(LOGIN)) {
      String open = "/common/v2.0/.well-known/openid-configuration";
      assertEquals(200, login.get(LOGIN, open).status());
      for (String form :
          List.of(
              "grant_type=refresh_token&refresh_token=x&client_id=x",
              "grant_type=password&username=you@mlops.onmicrosoft.com&password=x&client_id=x",
              "grant_type=refresh_token&grant_type=client_credentials&" + password,
              "")) {
        assertEquals("unsupported_grant_type", asked(login, "token", form));
      }
      String form = "grant_type=client_credentials&" + password;
      assertEquals("unauthorized_client", asked(login, "token", form));
      assertEquals("unsupported_grant_type", asked(login, "devicecode", form));
      assertEquals("unsupported_grant_type", asked(login, "%64evicecode", form));
    }
  }

  /** The error that the login answers with. */
  private static String asked(RawClient login, String endpoint, String form) throws IOException {
    login.send(
        "POST /organizations/oauth2/v2.0/%s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(endpoint, LOGIN, form.length(), form));
    return login.answer("POST").body().replaceFirst("(?s).*\"error\"\\s*:\\s*\"(\\w+)\".*", "$1");
  }

  @Test
  void bytes_to_other_hosts_pass_unread_until_the_job_ends() throws Exception {
    ProxiedJob job = job();
    try (ServerSocket elsewhere = listener();
        RawClient client = job.tunnel("localhost:" + elsewhere.getLocalPort());
        RawClient far = accepted(elsewhere)) {
      client.send("anything\n");
      assertEquals("anything", far.line());
      client.socket().shutdownOutput();
      assertEquals(-1, far.input().read());
      far.send("an answer after that\n");
      assertEquals("an answer after that", client.line());
    }
    try (ServerSocket elsewhere = listener();
        RawClient client = job.tunnel("localhost:" + elsewhere.getLocalPort());
        RawClient far = accepted(elsewhere)) {
      job.close();
      assertEquals(-1, far.input().read());
      assertEquals(-1, client.input().read());
    }
  }

  @Test
  void an_account_of_somebody_elsewhere_is_reached_by_the_proxy_that_the_job_has()
      throws Exception {
    try (ServerSocket users = listener()) {
      String own = "http://us%40er:pass@127.0.0.1:" + users.getLocalPort();
      Map<String, String> given = Map.of("HTTPS_PROXY", own, "NO_PROXY", "*.internal");
      try (ProxiedJob job = ProxiedJob.in(folder, given);
          RawClient client = job.plain()) {
        client.send(
            "CONNECT public.blob.core.windows.net:443 HTTP/1.1\r\nHost: x\r\nProxy-Authorization: Basic am9iOnMzY3JldA==\r\n\r\n");
        try (RawClient proxy = accepted(users)) {
          assertEquals("CONNECT public.blob.core.windows.net:443 HTTP/1.1", proxy.line());
          assertEquals("Host: public.blob.core.windows.net:443", proxy.line());
          assertEquals("Proxy-Authorization: Basic dXNAZXI6cGFzcw==", proxy.line());
          assertEquals("", proxy.line());
          proxy.send("HTTP/1.0 200 fine\r\nX: y\r\n\r\nfirst words\n");
          assertEquals("HTTP/1.1 200 Connection established", client.line());
          assertEquals("", client.line());
          assertEquals("first words", client.line());
        }
        assertEquals(401, read(job, "none"), "the own account is not sought there");
        assertEquals("*.internal,127.0.0.1,localhost", job.variables().get("no_proxy"));
      }
    }
  }

  @Test
  void what_the_job_trusts_of_its_own_it_goes_on_to_trust() throws Exception {
    Path own = Files.writeString(folder.resolve("own.pem"), "# of the company\n");
    Map<String, String> given =
        Map.of("REQUESTS_CA_BUNDLE", own.toString(), "CURL_CA_BUNDLE", "/of/an/image.pem");
    try (ProxiedJob job = ProxiedJob.in(folder, given)) {
      Map<String, String> variables = job.variables();
      String trusted = Files.readString(Path.of(variables.get("REQUESTS_CA_BUNDLE")));
      assertTrue(trusted.startsWith("# of the company\n\n-----BEGIN CERTIFICATE-----"), trusted);
      assertTrue(Files.size(Path.of(variables.get("SSL_CERT_FILE"))) > 50_000);
      assertFalse(variables.containsKey("CURL_CA_BUNDLE"), "what is not there stays so");
    }
  }

  @Test
  void what_the_user_of_the_machine_trusts_counts_too_but_for_what_local_env_says()
      throws Exception {
    Path own = Files.writeString(folder.resolve("own.pem"), "# of the company\n");
    try (ProxiedJob job = ProxiedJob.in(folder, Map.of(), Map.of("SSL_CERT_FILE", own + ""))) {
      String trusted = Files.readString(Path.of(job.variables().get("SSL_CERT_FILE")));
      assertTrue(trusted.startsWith("# of the company"), trusted);
    }
    String authority = folder.resolve("state/serve/ca.pem").toString();
    Map<String, String> env =
        Map.of("SSL_CERT_FILE", authority, "HTTPS_PROXY", "http://127.0.0.1:1");
    try (ProxiedJob job = ProxiedJob.in(folder, Map.of(), env)) {
      assertTrue(Files.size(Path.of(job.variables().get("SSL_CERT_FILE"))) > 50_000);
      String why = job.refused("nobody.invalid:443", "job:s3cret").body();
      assertTrue(why.contains("UnknownHost"), why);
    }
  }

  @Test
  void nobody_answers_when_the_job_has_ended() throws Exception {
    ProxiedJob job = job();
    String target = "management.azure.com:443";
    assertEquals(407, job.refused(target, "nobody").status());
    job.close();
    IOException none = assertThrows(IOException.class, () -> job.refused(target, "job:s3cret"));
    assertFalse(none instanceof SocketTimeoutException, none::toString);
  }
}
