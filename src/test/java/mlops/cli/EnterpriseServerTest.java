package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mlops.azure.github.GitHubSite;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.login.LocalApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code --github-url}: a GitHub Enterprise Server, which is the embedded GitHub at its address.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class EnterpriseServerTest {
  private static final String SERVER = "https://github.example.com";
  private static final String API = SERVER + "/api/v3";
  private static final String PUBLIC = "https://api.github.com";
  private static final String OF = " --repo octo-org/old-taxi --github-url " + SERVER;

  @TempDir Path folder;
  private TaxiRepository taxi;
  private ServerSocket proxy;
  private final List<String> tokens = new ArrayList<>();

  @BeforeEach
  void somebody_who_is_logged_in_to_both() throws IOException {
    taxi = TaxiRepository.in(folder);
    proxy = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    LocalApplication application = taxi.cloud().azure().application();
    taxi.mlops()
        .variable("HTTPS_PROXY", "http://127.0.0.1:" + proxy.getLocalPort())
        .variable("AZURE_CLIENT_ID", application.clientId())
        .variable("AZURE_CLIENT_SECRET", application.clientSecret())
        .variable("AZURE_TENANT_ID", EmbeddedAzureOptions.TENANT)
        .variable("AZURE_SUBSCRIPTION_ID", EmbeddedAzureOptions.SUBSCRIPTION)
        .variable("GITHUB_TOKEN", "that-of-the-public-one")
        .variable("GH_ENTERPRISE_TOKEN", taxi.cloud().azure().github().tokens().ofUser().value())
        .through(ChangedTransport.by((inner, request) -> answer(taxi.cloud().http(), request)));
  }

  @AfterEach
  void nobody_listens_any_more() throws IOException {
    proxy.close();
  }

  /** The server is the embedded GitHub; nothing may go to the public one. */
  private HttpResponse answer(HttpClient clouds, HttpRequest request) {
    String url = request.getUrl().toString();
    assertFalse(url.startsWith(PUBLIC), url);
    if (!url.startsWith(SERVER)) {
      return clouds.sendSync(request, Context.NONE);
    }
    assertTrue(url.startsWith(API + "/"), url);
    tokens.add(request.getHeaders().getValue(HttpHeaderName.AUTHORIZATION));
    HttpResponse response =
        clouds.sendSync(request.setUrl(PUBLIC + url.substring(API.length())), Context.NONE);
    for (HttpHeaderName header : List.of(HttpHeaderName.LINK, HttpHeaderName.LOCATION)) {
      String value = response.getHeaderValue(header);
      if (value != null) {
        response.getHeaders().set(header, value.replace(PUBLIC, API));
      }
    }
    return response;
  }

  private int run(String words) {
    return taxi.run(words + OF + " --cloud azure");
  }

  @Test
  void its_repositories_are_connected_by_its_own_issuer_and_token() {
    assertEquals(0, run("github connect --no-reviewers"), taxi.mlops()::err);

    var credential =
        taxi.cloud().send("GET", taxi.credentials("dev"), "").json().path("value").get(0);
    assertEquals(SERVER + "/_services/token", credential.path("issuer").asText());
    assertEquals("repo:octo-org/old-taxi:environment:Dev", credential.path("subject").asText());
    assertFalse(tokens.toString().contains("public-one"));
    assertEquals(0, run("github connect --no-reviewers --plan --detailed-exitcode"));
    assertEquals(0, run("github status --no-reviewers"), taxi.mlops()::err);

    taxi.mlops()
        .input(
            "AADSTS700213: No matching federated identity record found for presented assertion"
                + " subject 'repo:octo-org/old-taxi:ref:refs/heads/main'. Check");
    assertEquals(0, run("github doctor"), taxi.mlops()::err);
    assertTrue(taxi.mlops().out().contains("The job has no environment:"), taxi.mlops()::out);

    assertEquals(0, run("github disconnect"), taxi.mlops()::err);
    assertEquals(
        0, taxi.gitHub("/repos/octo-org/old-taxi/environments").path("total_count").asInt());
  }

  @Test
  void what_is_not_there_is_told() {
    assertEquals(2, run("github connect --subject both"), taxi.mlops()::err);
    assertEquals(1, run("approve --run 7 --env prod"), taxi.mlops()::err);
    String list = "gh run list --repo github.example.com/octo-org/old-taxi";
    assertTrue(taxi.mlops().err().contains(list), taxi.mlops()::err);

    taxi.mlops().variable("GH_ENTERPRISE_TOKEN", "");
    assertEquals(1, run("github status"), taxi.mlops()::err);
    assertTrue(taxi.mlops().err().contains("neither GITHUB_ENTERPRISE_TOKEN"), taxi.mlops()::err);
    assertTrue(taxi.mlops().err().contains("gh auth login --hostname"), taxi.mlops()::err);
    assertFalse(tokens.toString().contains("public-one"));

    assertEquals(2, taxi.run("github connect" + OF), taxi.mlops()::err);
    assertTrue(taxi.mlops().err().contains("have github.com alone"), taxi.mlops()::err);
    assertEquals(2, taxi.run("github connect --repo a/b --github-url http://x"));
    assertTrue(taxi.mlops().err().contains("--github-url is"), taxi.mlops()::err);
    assertEquals(2, taxi.run("github status"));
    assertTrue(taxi.mlops().err().contains("status needs the repository"), taxi.mlops()::err);
  }

  @Test
  void each_github_has_its_api_and_its_issuer() {
    GitHubSite resident = GitHubSite.of("https://Octocorp.ghe.com/");
    assertEquals("https://api.octocorp.ghe.com", resident.api());
    assertEquals("https://token.actions.octocorp.ghe.com", resident.issuer());
    assertEquals(resident, GitHubSite.ofIssuer(resident.issuer()).orElseThrow());
    assertFalse(resident.isServer());
    assertEquals(GitHubSite.PUBLIC, GitHubSite.of("github.com"));
    GitHubSite server = GitHubSite.of(SERVER);
    assertEquals(server, GitHubSite.ofIssuer(server.issuer()).orElseThrow());
    assertTrue(GitHubSite.ofIssuer(GitHubSite.PUBLIC.issuer()).isEmpty());
  }
}
