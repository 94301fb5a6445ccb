package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.WorkflowLogin;
import mlops.emulator.http.Json;
import mlops.emulator.login.directory.Propagation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The ways in which people's workflows fail to log in to Azure: each fails here with its own words,
 * {@code mlops github doctor} names it, and what it says mends it.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class TwelveFailuresTest {
  private static final String ISSUER = "https://token.actions.githubusercontent.com";
  private static final String DEV = "repo:octo-org@190010001/taxi@1230000001:environment:Dev";
  private static final String ENVIRONMENT = TaxiRepository.PATH + "/environments/Dev";

  @TempDir Path folder;
  private TaxiRepository taxi;
  private Transcript mlops;

  @BeforeEach
  void a_repository() {
    taxi = TaxiRepository.in(folder.resolve("azure"));
    mlops = taxi.mlops();
  }

  /** What Entra says in refusing the jobs of dev. */
  private String refusal(int number, String subject) {
    EmbeddedCloud.Answer refused = taxi.logIn("dev", subject);
    assertEquals(number, refused.json().at("/error_codes/0").asInt(), refused::toString);
    return refused.json().path("error_description").asText();
  }

  /** What the doctor says to do; it has to name the failure. */
  private String mend(String failure, String said) {
    mlops.input("2026-11-30T09:00:00.0000000Z ##[error]Error: " + said + "\n");
    assertEquals(
        0, taxi.run("github doctor --repo octo-org/taxi -o json"), () -> mlops.out() + said);
    JsonNode result = mlops.json().path("result");
    assertEquals(failure, result.path("failure").asText(), result::toPrettyString);
    return result.path("mend").asText();
  }

  private void run(String mend) {
    assertTrue(mend.startsWith("mlops "), mend);
    assertEquals(0, taxi.run(mend.substring("mlops ".length())), () -> mlops.out() + mlops.err());
  }

  private void credential(String issuer, String subject, String audience) {
    taxi.makeApplication("dev");
    taxi.credential("dev", issuer, subject, audience);
  }

  private void credential(String subject) {
    credential(ISSUER, subject, WorkflowLogin.AUDIENCE);
  }

  /** The same Azure, to whose copies news come late. */
  private WorkflowLogin late(Propagation propagation) {
    return new WorkflowLogin(
        EmbeddedCloud.on(
            EmbeddedAzure.open(
                folder.resolve("azure"),
                EmbeddedAzureOptions.defaults().withPropagation(propagation))));
  }

  private String clientId() {
    return taxi.application("dev").path("appId").asText();
  }

  @Test
  void failure_1_the_tokens_of_a_new_repository_carry_ids() {
    credential("repo:octo-org/taxi:environment:Dev");

    run(mend("subject-carries-ids", refusal(700213, DEV)));

    assertEquals(200, taxi.logIn("dev", DEV).status());
  }

  @Test
  void failure_2_the_portal_wrote_ids_for_an_old_repository() {
    credential("repo:octo-org@190010001/old-taxi@450000001:environment:Dev");
    String subject = "repo:octo-org/old-taxi:environment:Dev";
    mlops.input(refusal(700213, subject));

    assertEquals(0, taxi.run("github doctor"), mlops.out());

    assertTrue(mlops.out().contains("The credential carries ids"), mlops.out());
    String mend = "mlops github connect --repo octo-org/old-taxi";
    assertTrue(mlops.out().contains("→ " + mend), mlops.out());
    run(mend);
    assertEquals(200, taxi.logIn("dev", subject).status());
  }

  @Test
  void failure_3_capitals_differ() {
    credential(DEV.replace("octo-org", "Octo-Org"));

    run(mend("capitals", refusal(7002138, DEV)));

    assertEquals(200, taxi.logIn("dev", DEV).status());
    String dev = refusal(7002138, DEV.replace(":Dev", ":dev"));
    assertEquals("mlops github workflow", mend("environment-spelt-otherwise", dev));
    String stage = refusal(700213, DEV.replace(":Dev", ":Stage"));
    assertEquals("mlops github workflow", mend("environment-unknown", stage));
  }

  @Test
  void failure_4_capitals_were_put_right_in_place() {
    taxi.makeApplication("dev");
    String id =
        taxi.credential("dev", ISSUER, DEV.replace("taxi@", "Taxi@"), WorkflowLogin.AUDIENCE);
    String right = Json.object().put("subject", DEV).toString();
    String url = taxi.credentials("dev") + "/" + id;
    assertEquals(204, taxi.cloud().send("PATCH", url, right).status());
    WorkflowLogin copies = late(Propagation.fast().withoutEdits());

    String mend =
        mend("credential-edited-in-place", copies.refusal(clientId(), copies.assertion(DEV)));

    run("mlops github connect --repo octo-org/taxi");
    assertEquals(401, copies.exchange(clientId(), copies.assertion(DEV)).status());
    run(mend);
    assertEquals(200, copies.exchange(clientId(), copies.assertion(DEV)).status());
  }

  @Test
  void failure_5_the_job_has_no_environment() {
    credential(DEV);
    String branch = DEV.replace("environment:Dev", "ref:refs/heads/main");

    String mend = mend("job-without-environment", refusal(700213, branch));

    assertEquals("mlops github workflow", mend);
    taxi.credential("dev", ISSUER, branch, WorkflowLogin.AUDIENCE);
    assertEquals(200, taxi.logIn("dev", branch).status());
  }

  @Test
  void failure_5_the_other_way_round_the_credential_is_for_a_branch() {
    credential(DEV.replace("environment:Dev", "ref:refs/heads/main"));

    run(mend("credential-for-a-branch", refusal(700213, DEV)));

    assertEquals(200, taxi.logIn("dev", DEV).status());
  }

  @Test
  void failure_6_the_job_may_not_ask_for_a_token() {
    String toolkit = "Unable to get ACTIONS_ID_TOKEN_REQUEST_URL env variable";

    assertEquals("mlops github workflow", mend("no-id-token", toolkit));
  }

  @Test
  void failure_7_the_credential_is_seconds_old() {
    run("mlops github connect --repo octo-org/taxi");
    WorkflowLogin copies = late(Propagation.fast().withCredentials(Duration.ofHours(1)));

    String mend = mend("credential-is-new", copies.refusal(clientId(), copies.assertion(DEV)));

    assertEquals("gh run rerun RUN_ID --failed --repo octo-org/taxi", mend);
    assertEquals(200, taxi.logIn("dev", DEV).status());
    assertEquals(mend, mend("role-is-new", "No subscriptions found for gitAppdevdemo."));
  }

  @Test
  void failure_8_a_long_job_uses_its_token_again() {
    credential(DEV);
    WorkflowLogin login = new WorkflowLogin(taxi.cloud());
    Clock before = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-11));
    String old = login.assertion(DEV, WorkflowLogin.AUDIENCE, before);

    String mend = mend("token-too-old", login.refusal(clientId(), old));

    assertEquals("gh run rerun RUN_ID --failed --repo octo-org/taxi", mend);
    assertEquals(200, taxi.logIn("dev", DEV).status());
  }

  @Test
  void failure_9_the_plan_has_no_reviewers() {
    mlops.variable("MLOPS_GITHUB_PLAN", "team");
    assertEquals(1, taxi.run("github connect --repo octo-org/taxi"));

    run(mend("plan-without-reviewers", mlops.err()));
  }

  @Test
  void failure_10_the_plan_has_no_environments() {
    mlops.variable("MLOPS_GITHUB_PLAN", "free");
    assertEquals(1, taxi.run("github connect --repo octo-org/taxi"));

    String mend = mend("plan-without-environments", mlops.err());

    assertTrue(mend.startsWith("gh repo edit octo-org/taxi --visibility public"), mend);
    mlops.variable("MLOPS_GITHUB_PLAN", "public");
    run("mlops github connect --repo octo-org/taxi");
  }

  @Test
  void failure_11_the_token_may_not_administer_the_repository() {
    String url = "https://api.github.com" + ENVIRONMENT;
    String hubot =
        taxi.cloud()
            .azure()
            .github()
            .tokens()
            .fineGrained("t", "hubot", Map.of("environments", "write"))
            .value();
    String said = taxi.cloud().send("PUT", url, "{}", hubot).json().path("message").asText();

    assertEquals("gh auth refresh -s repo", mend("token-without-right", said));
    assertEquals(200, taxi.gitHub("PUT", ENVIRONMENT, "{}").status());
  }

  @Test
  void failure_12_an_object_id_stands_for_a_client_id() {
    run("mlops github connect --repo octo-org/taxi");
    WorkflowLogin login = new WorkflowLogin(taxi.cloud());
    String objectId = taxi.application("dev").path("id").asText();
    String variable = ENVIRONMENT + "/variables/AZURE_CLIENT_ID";
    String wrong = Json.object().put("name", "AZURE_CLIENT_ID").put("value", objectId).toString();
    assertEquals(204, taxi.gitHub("PATCH", variable, wrong).status());

    run(mend("object-id-for-client-id", login.refusal(objectId, login.assertion(DEV))));

    assertEquals(clientId(), taxi.gitHub(variable).path("value").asText());
    String nobody = "99999999-9999-9999-9999-999999999999";
    assertEquals(
        "mlops github connect --repo octo-org/taxi",
        mend("application-of-another-tenant", login.refusal(nobody, login.assertion(DEV))));
  }

  @Test
  void and_an_issuer_with_a_slash() {
    credential(ISSUER + "/", DEV, WorkflowLogin.AUDIENCE);

    run(mend("issuer-with-slash", refusal(700211, DEV)));

    assertEquals(200, taxi.logIn("dev", DEV).status());
  }

  @Test
  void and_another_audience() {
    credential(ISSUER, DEV, "api://AzureADTokenExchangeChina");

    run(mend("audience-of-the-credential", refusal(700212, DEV)));

    assertEquals(200, taxi.logIn("dev", DEV).status());
  }

  @Test
  void and_a_renamed_repository() {
    credential("repo:octo-org/taxi-model:environment:Dev");

    run(mend("repository-renamed", refusal(700213, DEV)));

    assertEquals(200, taxi.logIn("dev", DEV).status());
  }

  @Test
  void and_a_team_that_cannot_read() {
    assertEquals(1, taxi.run("github connect --repo octo-org/taxi --reviewer octo-org/guests"));

    String mend = mend("reviewer-without-access", mlops.err());
    Matcher call = Pattern.compile("gh api -X PUT (\\S+) -f (\\w+)=(\\w+)").matcher(mend);
    assertTrue(call.matches(), mend);
    String body = Json.object().put(call.group(2), call.group(3)).toString();
    assertEquals(204, taxi.gitHub("PUT", "/" + call.group(1), body).status());

    assertEquals(
        0,
        taxi.run("github connect --repo octo-org/taxi --reviewer octo-org/guests"),
        () -> mlops.err());
  }

  @Test
  void and_nobody_may_review_himself_where_nobody_else_does() {
    String alone = Json.object().put("prevent_self_review", true).toString();
    EmbeddedCloud.Answer refused = taxi.gitHub("PUT", ENVIRONMENT, alone);
    assertEquals(422, refused.status());

    String mend = mend("self-review-without-reviewers", refused.json().toString());
    assertEquals("mlops github connect --repo octo-org/taxi --reviewer LOGIN", mend);
    run(mend.replace("LOGIN", "hubot"));

    ObjectNode both = Json.object().put("prevent_self_review", true);
    long hubot = taxi.gitHub("/users/hubot").path("id").asLong();
    both.withArray("reviewers").addObject().put("type", "User").put("id", hubot);
    assertEquals(200, taxi.gitHub("PUT", ENVIRONMENT, both.toString()).status());
  }

  @Test
  void and_the_21st_credential() {
    taxi.makeApplication("dev");
    for (int i = 0; i < 20; i++) {
      taxi.credential("dev", ISSUER, DEV + i, WorkflowLogin.AUDIENCE);
    }
    assertEquals(1, taxi.run(TaxiRepository.CONNECT));

    Matcher named =
        Pattern.compile(
                "az ad app federated-credential delete --id (\\S+) --federated-credential-id (\\S+)")
            .matcher(mend("too-many-credentials", mlops.err()));
    assertTrue(named.matches(), named::toString);
    assertEquals(clientId(), named.group(1));
    taxi.deleteCredential("dev", named.group(2));
    assertEquals(0, taxi.run(TaxiRepository.CONNECT), () -> mlops.err());
  }

  @Test
  void and_the_run_of_a_fork_gets_no_values() {
    String login =
        "Using auth-type: SERVICE_PRINCIPAL. Not all values are present. Ensure 'client-id' and 'tenant-id' are supplied.";

    assertEquals("mlops github connect --repo octo-org/taxi", mend("values-missing", login));
    assertTrue(
        mend("no-secrets-for-forks", "refs/pull/7/merge\n" + login).startsWith("gh workflow run"));
  }

  @Test
  void the_logs_of_a_run_are_read_from_github() throws IOException {
    credential("repo:octo-org/taxi:environment:Dev");
    long run = taxi.failed("Error: " + refusal(700213, DEV)).number();

    assertEquals(0, taxi.run("github doctor --repo octo-org/taxi --run " + run), mlops.out());

    assertTrue(mlops.out().contains("carry the ids of owner and repository"), mlops.out());
    assertEquals(1, taxi.run("github doctor --repo octo-org/taxi --run 1"));
    assertTrue(mlops.err().contains("has no run 1"), mlops.err());
    long waiting = taxi.waiting("Dev").number();
    assertEquals(1, taxi.run("github doctor --repo octo-org/taxi --run " + waiting));
    assertTrue(mlops.err().contains("no job of run"), mlops.err());
  }

  @Test
  void what_it_does_not_know_it_says_and_never_a_token() {
    String token = taxi.cloud().azure().github().tokens().ofUser().value();
    String assertion = new WorkflowLogin(taxi.cloud()).assertion(DEV);
    String log =
        "GH_TOKEN=%s\nassertion subject '%s'\nsubject claim - %s\nSegmentation fault"
            .formatted(token, token, assertion);
    mlops.input(log);

    assertEquals(1, taxi.run("github doctor --repo octo-org/taxi"));

    String said = mlops.out() + mlops.err();
    assertTrue(said.contains("is nothing that mlops knows"), said);
    assertTrue(said.contains("Graph has no application gitAppdevdemo"), said);
    assertFalse(said.contains(token) || said.contains(assertion.substring(0, 30)), said);
    assertEquals(1, taxi.run("github doctor -o json"));
    assertTrue(mlops.json().at("/result/failure").isNull(), mlops.out());
    assertFalse(mlops.out().contains(token), mlops.out());
    mlops.input(" ");
    assertEquals(2, taxi.run("github doctor"));
    assertEquals(2, taxi.run("github doctor --run 7"));
    assertEquals(2, taxi.run("github doctor --run x --repo octo-org/taxi"));
    assertEquals(2, taxi.run("github doctor --repo taxi"));
  }
}
