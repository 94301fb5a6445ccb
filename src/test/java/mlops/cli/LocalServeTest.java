package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import mlops.Program;
import mlops.emulator.TestKey;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code local serve}, {@code local exec} and {@code local env}, as processes. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(300)
class LocalServeTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void serves_until_it_is_ended_and_others_find_it() throws Exception {
    Path state = folder.resolve("my azure");
    Path trace = folder.resolve("trace.har");
    Transcript mlops = Transcript.of(state);
    assertEquals(1, mlops.run("local", "env"));
    assertTrue(mlops.err().contains("mlops local serve"), mlops.err());

    Process service = serve(state, "--port", "0", "-o", "json", "--trace", trace.toString());
    try {
      JsonNode ready = JSON.readTree(firstDocument(service));
      assertEquals(0, mlops.run("local", "env", "-o", "json"));
      JsonNode env = mlops.json();
      assertEquals(ready.path("proxy"), env.path("proxy"));
      assertEquals(service.pid(), env.path("pid").asLong());
      assertTrue(Files.exists(Path.of(env.path("caFile").asText())));

      assertEquals(1, mlops.run("local", "serve"));
      assertTrue(mlops.err().contains("already served by process " + service.pid()), mlops.err());

      assertEquals(1, mlops.run("local", "reset", "--yes"), "the state of a service stays");
      String token = logIn(env);
      String har = end(service, trace);
      assertTrue(har.contains("/oauth2/v2.0/token"), har);
      assertFalse(har.contains(token), "the trace holds a token");
      assertFalse(har.contains(env.path("clientSecret").asText()), "the trace holds a secret");
    } finally {
      service.destroyForcibly();
    }
    assertEquals(1, mlops.run("local", "env"), "an ended service is not found");
  }

  @Test
  void exec_leads_a_command_to_the_service_and_ends_as_it_ends() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no /bin/sh on this machine");
    Path seen = folder.resolve("seen");
    Transcript mlops =
        Transcript.of(folder.resolve("azure"))
            .variable("NO_PROXY", "*")
            .variable("PATH", folder.toString())
            .variable("SEEN", seen.toString());

    String script = "set > \"$SEEN\"; exit 7";
    assertEquals(7, mlops.run("local", "exec", "--", "/bin/sh", "-c", script), mlops::err);

    String variables = Files.readString(seen);
    for (String name :
        List.of(
            "HTTPS_PROXY='?http://127.0.0.1:",
            "AZURE_CLIENT_SECRET=",
            "AZURE_CONFIG_DIR=",
            "ARM_SUBSCRIPTION_ID=",
            "ARM_CLIENT_SECRET=")) {
      assertTrue(variables.lines().anyMatch(l -> l.matches(name + ".*")), variables);
    }
    assertFalse(variables.contains("NO_PROXY="), variables);
    assertEquals(2, mlops.run("local", "exec", "--", "no-such-command"));
    assertTrue(mlops.err().contains("no-such-command"), mlops.err());
    assertEquals(2, mlops.run("local", "exec"));
  }

  @Test
  void what_follows_the_command_belongs_to_it() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no /bin/sh on this machine");
    Transcript mlops = Transcript.of(folder.resolve("azure")).variable("PATH", folder.toString());
    assertEquals(3, mlops.run("local", "exec", "/bin/sh", "-c", "exit 3", "--output", "nonsense"));
  }

  /** Each has a service of its own, and az is logged in by one of them. */
  @Test
  void two_first_commands_at_once_both_end_well() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no /bin/sh on this machine");
    Path tools = Files.createDirectories(folder.resolve("tools"));
    Path az = tools.resolve("az");
    Path logins = folder.resolve("logins");
    Files.writeString(az, "#!/bin/sh\necho login >>'" + logins + "'\n/bin/sleep 1\n");
    assertTrue(az.toFile().setExecutable(true));
    String proxies = folder.resolve("proxies").toString();
    String script =
        "echo $HTTPS_PROXY ${ARM_CLIENT_SECRET-as az}${ARM_TENANT_ID-} >>'" + proxies + "'";
    List<Process> both = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      ProcessBuilder command =
          new ProcessBuilder(
                  Program.mlops(
                      "local",
                      "exec",
                      "--state",
                      folder.resolve("azure").toString(),
                      "--",
                      "/bin/sh",
                      "-c",
                      script))
              .redirectErrorStream(true);
      command.environment().put("PATH", tools.toString());
      both.add(command.start());
    }
    for (Process one : both) {
      String said = new String(one.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, one.waitFor(), said);
    }
    assertEquals(List.of("login"), Files.readAllLines(logins));
    List<String> seen = Files.readAllLines(Path.of(proxies));
    assertEquals(2, seen.stream().distinct().count());
    assertTrue(seen.stream().allMatch(s -> s.endsWith(" as az")), "Terraform is whom az is");
  }

  @Test
  void az_finds_the_extensions_of_its_user_in_a_configuration_of_its_own() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no /bin/sh on this machine");
    Path said = folder.resolve("said");
    String print = "echo \"$AZURE_CONFIG_DIR:$AZURE_EXTENSION_DIR\" >'" + said + "'";
    for (String[] given :
        new String[][] {
          {"HOME", "/home/me", "/home/me/.azure/cliextensions"},
          {"AZURE_CONFIG_DIR", "/etc/az", "/etc/az/cliextensions"},
          {"AZURE_EXTENSION_DIR", "/opt/ext", "/opt/ext"}
        }) {
      Transcript mlops =
          Transcript.of(folder.resolve("azure"))
              .variable("PATH", folder.toString())
              .variable(given[0], given[1]);
      assertEquals(0, mlops.run("local", "exec", "--", "/bin/sh", "-c", print), mlops::err);
      String[] found = Files.readString(said).strip().split(":");
      assertTrue(found[0].startsWith(folder.toString()), found[0]);
      assertEquals(given[2], found[1]);
    }
  }

  @Test
  void each_shell_reads_its_own_words() throws Exception {
    Path state = folder.resolve("it's azure");
    Transcript mlops = Transcript.of(state);
    Process service = serve(state, "--port", "0", "-o", "json");
    try {
      firstDocument(service);
      assertEquals(0, mlops.run("local", "status"));
      assertTrue(mlops.out().matches("(?s).*served +on http://127.0.0.1:\\d+ by process \\d+.*"));
      assertEquals(0, mlops.run("local", "env"));
      assertTrue(mlops.out().contains("it'\\''s azure/serve/ca.pem'"), mlops.out());
      assertTrue(mlops.out().startsWith("unset NO_PROXY"), mlops.out());
      assertEquals(0, mlops.run("local", "env", "--shell", "fish"));
      assertTrue(mlops.out().contains("set -gx HTTPS_PROXY 'http://127.0.0.1:"), mlops.out());
      assertEquals(0, mlops.run("local", "env", "--shell", "powershell"));
      assertTrue(mlops.out().contains("it''s azure/serve/ca.pem'"), mlops.out());
    } finally {
      service.destroy();
      service.waitFor(300, TimeUnit.SECONDS);
    }
  }

  private static String logIn(JsonNode env) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    Path file = Path.of(env.path("caFile").asText()).resolveSibling("ca.p12");
    try (InputStream trusted = Files.newInputStream(file)) {
      store.load(trusted, "changeit".toCharArray());
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    InetSocketAddress proxy =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), env.path("port").asInt());
    HttpClient client =
        HttpClient.newBuilder().sslContext(context).proxy(ProxySelector.of(proxy)).build();
    String form =
        "grant_type=client_credentials&client_id=%s&client_secret=%s&scope=%s"
            .formatted(
                env.path("clientId").asText(),
                env.path("clientSecret").asText(),
                URLEncoder.encode("https://management.azure.com/.default", StandardCharsets.UTF_8));
    URI url =
        URI.create(
            "https://login.microsoftonline.com/%s/oauth2/v2.0/token"
                .formatted(env.path("tenantId").asText()));
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    JsonNode answer = JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
    assertTrue(answer.has("access_token"), answer::toString);
    return answer.path("access_token").asText();
  }

  private static Process serve(Path state, String... options) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Program.mlops("local", "serve", "--state", TestKey.in(state).toString()));
    builder.command().addAll(List.of(options));
    return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static String firstDocument(Process service) throws IOException {
    StringBuilder text = new StringBuilder();
    var lines = service.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      text.append(line).append('\n');
      if (line.equals("}")) {
        return text.toString();
      }
    }
    throw new IOException("the service ended: " + text);
  }

  private static String end(Process service, Path trace) throws Exception {
    service.destroy();
    assertTrue(service.waitFor(300, TimeUnit.SECONDS), "the service does not end");
    return Files.readString(trace);
  }
}
