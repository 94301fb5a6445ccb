package mlops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.TestKey;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Caller;
import mlops.emulator.http.InProcessHttpClient;
import mlops.emulator.http.Json;
import mlops.emulator.http.Permission;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.http.Router;
import mlops.emulator.login.directory.Directory;
import mlops.emulator.login.token.GitHubOidcIssuer;
import mlops.emulator.login.token.Tokens;
import mlops.error.MlopsException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** A job of a workflow logs in by what GitHub's issuer says of it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class GitHubJobCredentialTest {
  private static final String GRAPH = "https://graph.microsoft.com/v1.0";
  private static final String SUBJECT = "repo:octo-org@1/taxi@2:environment:Dev";

  @TempDir Path folder;
  private final Map<String, String> job = new HashMap<>();
  private final List<String> said = new ArrayList<>();
  private EmbeddedCloud cloud;
  private String subject = SUBJECT;

  @BeforeEach
  void an_application_that_takes_the_word_of_github() {
    cloud = EmbeddedCloud.in(TestKey.in(folder));
    var application = post("/applications", "{'displayName':'gitAppdev'}");
    String id = application.path("id").asText();
    String client = application.path("appId").asText();
    post("/servicePrincipals", "{'appId':'%s'}".formatted(client));
    post(
        "/applications/%s/federatedIdentityCredentials".formatted(id),
        "{'name':'dev','issuer':'%s','subject':'%s','audiences':['api://AzureADTokenExchange']}"
            .formatted(GitHubOidcIssuer.ISSUER, SUBJECT));
    job.put("GITHUB_ACTIONS", "true");
    job.put("AZURE_CLIENT_ID", client);
    job.put("AZURE_TENANT_ID", EmbeddedAzureOptions.TENANT);
    job.put("ACTIONS_ID_TOKEN_REQUEST_URL", "https://actions.test/idtoken?api-version=2.0");
    job.put("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "job-secret");
  }

  private JsonNode post(String path, String body) {
    var made = cloud.send("POST", GRAPH + path, body.replace('\'', '"'));
    assertTrue(made.status() < 300, made::toString);
    return made.json();
  }

  /** Says who the job is, and notes it. */
  private Response issue(Request request) {
    if (!"Bearer job-secret".equals(request.header("Authorization"))) {
      throw new ApiException(401, "Unauthorized", "who asks?");
    }
    Tokens tokens =
        new Tokens(
            cloud.azure().state(),
            new Directory(cloud.azure().state()),
            EmbeddedAzureOptions.TENANT,
            Clock.systemUTC());
    String audience = request.queryValue("audience").orElse("");
    String token =
        new GitHubOidcIssuer(tokens, Clock.systemUTC()).issue(subject, audience, Json.object());
    said.add(token);
    return Response.json(200, Json.object().put("value", token));
  }

  private TokenCredential credential() {
    return new GitHubJob(job).on(wire()).orElseThrow();
  }

  private HttpClient wire() {
    Route route = Route.of("GET", "actions.test", "/idtoken", Permission.open(), this::issue);
    HttpClient gitHub =
        new InProcessHttpClient(
            new Router(List.of(route), (p, r) -> Caller.ANONYMOUS, Clock.systemUTC()));
    return new HttpClient() {
      @Override
      public Mono<HttpResponse> send(HttpRequest request) {
        return Mono.fromCallable(() -> sendSync(request, Context.NONE));
      }

      @Override
      public HttpResponse sendSync(HttpRequest request, Context context) {
        boolean asks = request.getUrl().getHost().equals("actions.test");
        return (asks ? gitHub : cloud.http()).sendSync(request, context);
      }
    };
  }

  private static TokenRequestContext scope(String host) {
    return new TokenRequestContext().addScopes("https://" + host + "/.default");
  }

  @Test
  void each_token_of_azure_is_got_by_a_new_word_of_github() {
    TokenCredential credential = credential();

    String arm = credential.getTokenSync(scope("management.azure.com")).getToken();
    String storage = credential.getTokenSync(scope("storage.azure.com")).getToken();

    assertNotEquals(arm, storage);
    int asked = said.size();
    assertTrue(asked >= 2, said::toString);
    assertEquals(asked, Set.copyOf(said).size());
    assertEquals(arm, credential.getTokenSync(scope("management.azure.com")).getToken());
    assertEquals(asked, said.size(), "a token that is good is kept");
  }

  @Test
  void a_job_that_is_not_let_in_is_told_why_and_no_secret() {
    subject = SUBJECT.replace("Dev", "dev");

    MlopsException refusal = refusal(credential());

    assertTrue(refusal.message().contains("Azure did not let the job in: "), refusal::message);
    assertTrue(refusal.message().contains("AADSTS7002138"), refusal::message);
    assertTrue(refusal.hint().contains("mlops github doctor"));
    assertFalse(
        refusal.message().contains("job-secret") || refusal.message().contains(said.get(0)));

    job.put("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "of another job");
    assertEquals("NoJobToken", refusal(credential()).code());
  }

  private MlopsException refusal(TokenCredential credential) {
    ExplainedCredential explained =
        new ExplainedCredential(credential, () -> {}, new GitHubJob(job)::explained);
    return assertThrows(
        MlopsException.class, () -> explained.getTokenSync(scope("management.azure.com")));
  }

  @Test
  void what_the_job_lacks_is_named() {
    assertTrue(without("AZURE_CLIENT_ID").contains("no AZURE_CLIENT_ID"));
    assertTrue(without("ACTIONS_ID_TOKEN_REQUEST_URL").contains("may not ask GitHub"));
    assertEquals("", without("GITHUB_ACTIONS"));
    job.put("AZURE_CLIENT_SECRET", "a password of its own");
    assertTrue(new GitHubJob(job).on(wire()).isEmpty());
  }

  private String without(String variable) {
    Map<String, String> less = new HashMap<>(job);
    less.remove(variable);
    GitHubJob credential = new GitHubJob(less);
    assertEquals(variable.equals("GITHUB_ACTIONS"), credential.on(wire()).isPresent());
    return credential
        .explained(new ClientAuthenticationException("no way", null))
        .map(MlopsException::message)
        .orElse("");
  }
}
