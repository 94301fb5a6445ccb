package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.WorkflowLogin;
import mlops.emulator.github.account.GitHubToken;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Caller;
import mlops.emulator.http.InProcessHttpClient;
import mlops.emulator.http.Json;
import mlops.emulator.http.Permission;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.http.Router;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mlops github connect}, on the embedded clouds. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class GitHubConnectTest {
  private static final String CONNECT = "github connect --repo octo-org/taxi";
  private static final String TAXI = "/repos/octo-org/taxi";

  @TempDir Path folder;
  private TaxiRepository taxi;
  private EmbeddedCloud cloud;
  private Transcript mlops;

  @BeforeEach
  void the_groups_and_containers_that_bootstrap_makes() {
    taxi = TaxiRepository.in(folder.resolve("azure"));
    cloud = taxi.cloud();
    mlops = taxi.mlops();
  }

  private int run(String words) {
    return taxi.run(words);
  }

  private JsonNode gitHub(String path) {
    return taxi.gitHub(path);
  }

  private JsonNode application(String env) {
    return taxi.application(env);
  }

  private List<String> subjects(String env) {
    return taxi.subjects(env);
  }

  private Set<String> outcomes() {
    Set<String> outcomes = new TreeSet<>();
    mlops.json().path("steps").forEach(s -> outcomes.add(s.path("outcome").asText()));
    return outcomes;
  }

  @Test
  void each_environment_gets_an_application_that_its_jobs_may_be() {
    assertEquals(4, run(CONNECT + " --plan --detailed-exitcode"), mlops.err());
    assertTrue(mlops.out().contains("for repo:octo-org@190010001/taxi@1230000001:environment:Dev"));
    assertEquals(0, gitHub(TAXI + "/environments").path("total_count").asInt(-1));

    assertEquals(0, run(CONNECT), mlops.out());

    assertEquals(
        List.of("repo:octo-org@190010001/taxi@1230000001:environment:Prod"), subjects("prod"));
    JsonNode prod = gitHub(TAXI + "/environments/Prod");
    assertEquals("mona", prod.at("/protection_rules/0/reviewers/0/reviewer/login").asText());
    assertEquals(1, gitHub(TAXI + "/environments/Dev").path("protection_rules").size());
    assertEquals(
        "main",
        gitHub(TAXI + "/environments/Dev/deployment-branch-policies")
            .at("/branch_policies/0/name")
            .asText());
    assertEquals(
        application("prod").path("appId").asText(),
        gitHub(TAXI + "/environments/Prod/variables/AZURE_CLIENT_ID").path("value").asText());
    assertEquals(
        "ml-mlopsdemo-demo-01",
        gitHub(TAXI + "/environments/Prod/variables/WORKSPACE_NAME_DEV").path("value").asText());
    assertEquals(200, logIn("prod", subjects("prod").get(0)));
    assertEquals(401, logIn("prod", subjects("test").get(0)));
    assertEquals(0, run(CONNECT + " -o json"));
    assertEquals(Set.of("unchanged"), outcomes());
    assertFalse(mlops.out().contains(cloud.azure().github().tokens().ofUser().value()));
  }

  /** What the exchange of a job's token answers. */
  private int logIn(String env, String subject) {
    return taxi.logIn(env, subject).status();
  }

  @Test
  void a_limit_is_waited_for_whether_or_not_it_says_how_long() {
    String said = "You have exceeded a secondary rate limit.";
    refusedOnce(new ApiException(403, "Forbidden", said));
    refusedOnce(new ApiException(429, "Forbidden", said).with("Retry-After", "1"));
    refusedOnce(new ApiException(403, "Forbidden", said).with("Retry-After", "1"));
  }

  /** The first look at the repository is refused, and the plan comes all the same. */
  private void refusedOnce(ApiException limit) {
    AtomicInteger refusals = refusing(limit, 1);

    assertEquals(0, run(CONNECT + " --plan"), mlops.err());

    assertTrue(refusals.get() < 0, "it was asked again");
  }

  private AtomicInteger refusing(ApiException refusal, int times) {
    Route refusing =
        Route.unbuilt("GET", "api.github.com", TAXI, Permission.open(), request -> refusal);
    HttpClient busy =
        new InProcessHttpClient(
            new Router(List.of(refusing), (p, r) -> Caller.ANONYMOUS, Clock.systemUTC()));
    AtomicInteger refusals = new AtomicInteger(times);
    mlops.through(
        ChangedTransport.by(
            (inner, request) ->
                request.getUrl().getPath().equals(TAXI) && refusals.getAndDecrement() > 0
                    ? busy.sendSync(request, Context.NONE)
                    : inner.sendSync(request, Context.NONE)));

    return refusals;
  }

  @Test
  void a_limit_of_the_hour_and_a_token_without_single_sign_on_are_told_with_the_way_out() {
    ApiException hour = new ApiException(403, "Forbidden", "API rate limit exceeded for user.");
    refusing(hour.with("X-RateLimit-Remaining", "0").with("X-RateLimit-Reset", "1790000000"), 99);
    assertEquals(1, run(CONNECT + " --plan"));
    assertTrue(mlops.err().contains("Run it again after 2026-09-21T"), mlops.err());

    ApiException sso = new ApiException(403, "Forbidden", "Resource protected by SAML");
    String page = "https://github.com/orgs/octo-org/sso";
    refusing(sso.with("X-GitHub-SSO", "required; url=" + page), 99);
    assertEquals(1, run(CONNECT + " --plan"));
    assertTrue(mlops.err().contains("single sign-on: open " + page), mlops.err());
  }

  @Test
  void what_was_read_before_is_asked_for_by_its_tag() {
    AtomicInteger unchanged = new AtomicInteger();
    mlops.through(
        ChangedTransport.by(
            (inner, request) -> {
              HttpResponse answer = inner.sendSync(request, Context.NONE);
              if (request.getUrl().getHost().equals("api.github.com")
                  && answer.getStatusCode() == 304) {
                unchanged.incrementAndGet();
              }
              return answer;
            }));

    assertEquals(0, run(CONNECT), mlops.out());
    assertEquals(0, run(CONNECT + " -o json"));

    assertTrue(unchanged.get() > 0, "GitHub was asked by tags");
    assertEquals(Set.of("unchanged"), outcomes());
  }

  @Test
  void what_azure_took_and_does_not_show_yet_is_waited_for() {
    Route empty =
        Route.of(
            "GET",
            "graph.microsoft.com",
            "/v1.0/applications/{id}/federatedIdentityCredentials",
            Permission.open(),
            request -> {
              ObjectNode none = Json.object();
              none.putArray("value");
              return Response.json(200, none);
            });
    HttpClient behind =
        new InProcessHttpClient(
            new Router(List.of(empty), (p, r) -> Caller.ANONYMOUS, Clock.systemUTC()));
    AtomicInteger stale = new AtomicInteger();
    mlops.through(
        ChangedTransport.by(
            (inner, request) -> {
              boolean credentials =
                  request.getUrl().getPath().endsWith("/federatedIdentityCredentials");
              if (credentials && request.getHttpMethod() == HttpMethod.POST) {
                stale.set(4);
              }
              return credentials
                      && request.getHttpMethod() == HttpMethod.GET
                      && stale.getAndDecrement() > 0
                  ? behind.sendSync(request, Context.NONE)
                  : inner.sendSync(request, Context.NONE);
            }));

    assertEquals(0, run(CONNECT), mlops.out());

    String said = mlops.err();
    assertTrue(said.contains("waiting until Azure shows the credential and roles"), said);
    assertTrue(said.contains("may be refused for minutes yet"), said);
  }

  @Test
  void an_older_repository_is_named_and_both_forms_go_side_by_side() {
    assertEquals(0, run("github connect --repo OCTO-org/OLD-taxi --no-reviewers"), mlops.out());
    assertEquals(List.of("repo:octo-org/old-taxi:environment:Dev"), subjects("dev"));

    assertEquals(0, run("github connect --repo octo-org/old-taxi --no-reviewers --subject both"));

    assertEquals(
        Set.of(
            "repo:octo-org/old-taxi:environment:Dev",
            "repo:octo-org@190010001/old-taxi@450000001:environment:Dev"),
        Set.copyOf(subjects("dev")));
    assertEquals(0, run("github connect --repo octo-org/taxi-model --no-reviewers --plan"));
    assertTrue(mlops.out().contains("is octo-org/taxi, public"), mlops.out());
    assertTrue(mlops.out().contains("there is repo:octo-org"), mlops.out());
  }

  @Test
  void what_others_set_in_an_environment_stays() {
    GitHubToken token = cloud.azure().github().tokens().ofUser();
    String url = "https://api.github.com" + TAXI + "/environments/test";
    String theirs =
        "{\"wait_timer\":30,\"prevent_self_review\":true,\"reviewers\":[{\"type\":\"User\",\"id\":190010003}],\"deployment_branch_policy\":{\"protected_branches\":true,\"custom_branch_policies\":false}}";
    assertEquals(200, cloud.send("PUT", url, theirs, token.value()).status());

    assertEquals(0, run(CONNECT + " --reviewer octo-org/reviewers"), mlops.out());

    JsonNode test = gitHub(TAXI + "/environments/test");
    assertEquals(30, test.at("/protection_rules/0/wait_timer").asInt());
    assertTrue(test.at("/protection_rules/1/prevent_self_review").asBoolean());
    assertEquals(2, test.at("/protection_rules/1/reviewers").size());
    assertTrue(test.at("/deployment_branch_policy/protected_branches").asBoolean());
  }

  @Test
  void nothing_is_written_where_something_is_missing() {
    refused("RepositoryNotFound", "github connect --repo octo-org/taxy");
    refused("ReviewerWithoutAccess", CONNECT + " --reviewer octo-org/guests");
    refused("ReviewerNotFound", CONNECT + " --reviewer nobody");
    refused("ResourceGroupNotFound", CONNECT + " --suffix other");
    mlops.variable("MLOPS_GITHUB_PLAN", "team");
    refused("PlanWithoutReviewers", CONNECT);
    mlops.variable("MLOPS_GITHUB_PLAN", "free");
    refused("PlanWithoutEnvironments", CONNECT + " --no-reviewers");
    mlops.variable("MLOPS_GITHUB_PLAN", "enterprise");
    mlops.through(as(cloud.azure().github().tokens().classic("t", "hubot", Set.of("repo"))));
    refused("NotAdministrator", CONNECT);
    mlops.through(as(cloud.azure().github().tokens().classic("u", "mona", Set.of("gist"))));
    refused("RepositoryNotFound", CONNECT);
    mlops.variable("MLOPS_GITHUB_PLAN", "gold");
    assertEquals(2, run(CONNECT));
    for (String wrong :
        List.of(
            "--repo taxi",
            "--repo a/b --reviewer a/b/c",
            "--repo a/b --reviewer a --no-reviewers")) {
      assertEquals(2, run("github connect " + wrong), wrong);
    }
    assertEquals(2, run("github"));
  }

  private void refused(String code, String words) {
    assertEquals(1, run(words + " -o json"), mlops.out());
    Set<String> codes = new TreeSet<>();
    mlops.json().path("steps").forEach(s -> codes.add(s.at("/error/code").asText()));
    assertTrue(codes.contains(code), mlops::out);
    assertFalse(outcomes().contains("applied"), mlops::out);
  }

  @Test
  void a_token_that_lacks_a_permission_is_told_which() {
    Map<String, String> few =
        Map.of("actions", "write", "environments", "write", "variables", "write");
    mlops.through(as(cloud.azure().github().tokens().fineGrained("f", "mona", few)));

    assertEquals(1, run(CONNECT));

    assertTrue(mlops.err().contains("permission administration=write"), mlops.err());
    assertEquals(0, gitHub(TAXI + "/environments").path("total_count").asInt(-1));
  }

  /** Requests to GitHub by another token. */
  private static UnaryOperator<HttpClient> as(GitHubToken token) {
    return ChangedTransport.by(
        (inner, request) -> {
          if (request.getUrl().getHost().equals("api.github.com")) {
            request.setHeader(HttpHeaderName.AUTHORIZATION, "Bearer " + token.value());
          }
          return inner.sendSync(request, Context.NONE);
        });
  }

  @Test
  void a_connect_that_was_cut_off_anywhere_is_finished_by_the_next() {
    for (int last = 8; last < 80; last += 12) {
      mlops.through(ChangedTransport.cutOff(new AtomicInteger(last)));
      run(CONNECT);
    }
    mlops.through(UnaryOperator.identity());

    assertEquals(0, run(CONNECT), mlops.out());

    for (String env : List.of("dev", "test", "prod")) {
      assertEquals(1, subjects(env).size());
    }
    assertEquals(3, gitHub(TAXI + "/environments").path("total_count").asInt());
    assertEquals(0, run(CONNECT + " -o json"));
    assertEquals(Set.of("unchanged"), outcomes());
  }

  @Test
  void no_token_is_in_what_it_says_traces_or_keeps() throws IOException {
    String token = cloud.azure().github().tokens().ofUser().value();
    Path trace = folder.resolve("connect.har");

    assertEquals(0, run(CONNECT + " -v --trace " + trace), mlops.err());
    mlops.input("AADSTS700213 " + new WorkflowLogin(cloud).assertion("repo:a/b:environment:Dev"));
    run("github doctor -v --repo octo-org/taxi --trace " + folder.resolve("doctor.har"));

    assertFalse((mlops.out() + mlops.err()).contains("eyJ"), mlops.out());
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        boolean own = file.endsWith(Path.of("github", "tokens.json"));
        assertEquals(own, text.contains(token), file::toString);
        assertFalse(text.contains("eyJ") && file.toString().endsWith(".har"), file::toString);
      }
    }
  }
}
