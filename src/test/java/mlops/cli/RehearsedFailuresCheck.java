package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.WorkflowLogin;
import mlops.emulator.http.Json;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The twelve failures once more, as a workflow shows them that logs in by azure/login: each fails
 * with its own words in its log, the doctor names it by the run, and the run succeeds after its
 * mend. Those whose mend is {@code mlops github workflow} are in {@link RehearsedWorkflowsCheck}.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RehearsedFailuresCheck {
  private static final String ENVIRONMENT = TaxiRepository.PATH + "/environments/Dev";
  private static final String RERUN = "--failed --repo octo-org/taxi";

  @TempDir Path folder;

  private RehearsedLogin taxi() {
    return RehearsedLogin.in(folder, "octo-org/taxi");
  }

  @Test
  void failure_1_the_tokens_of_a_new_repository_carry_ids() throws IOException {
    RehearsedLogin taxi = taxi();
    taxi.spoil("repo:octo-org/taxi:environment:Dev");

    taxi.run(taxi.fails("subject-carries-ids", "AADSTS700213"));

    taxi.succeeds();
    assertTrue(taxi.log().contains("rg-demo-mlops-demo"), "az works as the application");
  }

  @Test
  void failure_2_the_portal_wrote_ids_for_an_old_repository() throws IOException {
    RehearsedLogin taxi = RehearsedLogin.in(folder, "octo-org/old-taxi");
    taxi.spoil("repo:octo-org@190010001/old-taxi@450000001:environment:Dev");

    taxi.run(taxi.fails("credential-carries-ids", "AADSTS700213"));

    taxi.succeeds();
  }

  @Test
  void failure_3_capitals_differ() throws IOException {
    RehearsedLogin taxi = taxi();
    taxi.spoil(RehearsedLogin.DEV.replace("octo-org", "Octo-Org"));

    taxi.run(taxi.fails("capitals", "AADSTS7002138"));

    taxi.succeeds();
  }

  @Test
  void failure_4_capitals_were_put_right_in_place() throws IOException {
    RehearsedLogin taxi = taxi();
    taxi.spoil(RehearsedLogin.DEV.replace("taxi@", "Taxi@"));
    EmbeddedCloud cloud = taxi.taxi().cloud();
    String all = taxi.taxi().credentials("dev");
    String id = cloud.send("GET", all, "").json().at("/value/0/id").asText();
    String right = Json.object().put("subject", RehearsedLogin.DEV).toString();
    assertEquals(204, cloud.send("PATCH", all + "/" + id, right).status());
    taxi.taxi().mlops().variable("MLOPS_CREDENTIAL_EDITS", "lost");

    taxi.run(taxi.fails("credential-edited-in-place", "AADSTS7002138"));

    taxi.succeeds();
  }

  @Test
  void failure_5_the_credential_is_for_a_branch() throws IOException {
    RehearsedLogin taxi = taxi();
    taxi.spoil(RehearsedLogin.DEV.replace("environment:Dev", "ref:refs/heads/main"));

    taxi.run(taxi.fails("credential-for-a-branch", "AADSTS700213"));

    taxi.succeeds();
  }

  @Test
  void failure_7_the_credential_is_seconds_old() throws IOException, InterruptedException {
    RehearsedLogin taxi = taxi();
    taxi.taxi().mlops().variable("MLOPS_CREDENTIAL_DELAY", "3600");

    String mend = taxi.fails("credential-is-new", "AADSTS700213");

    assertTrue(mend.endsWith(RERUN), mend);
    taxi.gh(mend);
    taxi.taxi().mlops().variable("MLOPS_CREDENTIAL_DELAY", "0");
    taxi.succeedsAgain();
  }

  /** The first attempt shows a token of eleven minutes ago, as a job does that took so long. */
  @Test
  void failure_8_a_long_job_uses_its_token_again() throws IOException, InterruptedException {
    RehearsedLogin taxi = taxi();
    Clock before = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-11));
    String old =
        new WorkflowLogin(taxi.taxi().cloud())
            .assertion(RehearsedLogin.DEV, WorkflowLogin.AUDIENCE, before);
    taxi.write(
        """
        on: workflow_dispatch
        permissions: {id-token: write}
        jobs:
          dev:
            runs-on: ubuntu-latest
            environment: Dev
            steps:
              - run: |
                  token=%s
                  test "$GITHUB_RUN_ATTEMPT" = 1 ||
                    token=$(curl -sSf -H "Authorization: bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN" \\
                      "$ACTIONS_ID_TOKEN_REQUEST_URL&audience=api://AzureADTokenExchange" |
                      python3 -c 'import json, sys; print(json.load(sys.stdin)["value"])')
                  az login --service-principal -u ${{ vars.AZURE_CLIENT_ID }} --output none \\
                    -t ${{ vars.AZURE_TENANT_ID }} --federated-token "$token"
        """
            .formatted(old));

    String mend = taxi.fails("token-too-old", "AADSTS700024");

    assertTrue(mend.endsWith(RERUN), mend);
    taxi.gh(mend);
    taxi.succeedsAgain();
  }

  @Test
  void failure_9_the_plan_has_no_reviewers() {
    RehearsedLogin taxi = taxi();
    taxi.taxi().mlops().variable("MLOPS_GITHUB_PLAN", "team");
    assertEquals(1, taxi.taxi().run("github connect --repo octo-org/taxi --reviewer hubot"));
    taxi.taxi().mlops().input(taxi.taxi().mlops().err());
    assertEquals(0, taxi.taxi().run("github doctor --repo octo-org/taxi -o json"));
    String mend = taxi.taxi().mlops().json().at("/result/mend").asText();

    assertTrue(mend.endsWith("--no-reviewers"), mend);
    taxi.run(mend);

    taxi.succeeds();
  }

  /** The values of environments that nobody has do not reach the job. */
  @Test
  void failure_10_the_plan_has_no_environments() throws IOException {
    RehearsedLogin taxi = taxi();
    taxi.taxi().mlops().variable("MLOPS_GITHUB_PLAN", "free");

    String mend = taxi.fails("plan-without-environments", "Not all values are present");

    assertTrue(mend.startsWith("gh repo edit octo-org/taxi --visibility public"), mend);
    taxi.taxi().mlops().variable("MLOPS_GITHUB_PLAN", "public");
    taxi.succeeds();
  }

  /** The mend opens a browser, so what it ends in is given here: a token that may. */
  @Test
  void failure_11_the_token_may_not_administer_the_repository() throws Exception {
    RehearsedLogin taxi = taxi();
    taxi.write(
        """
        on: workflow_dispatch
        jobs:
          dev:
            runs-on: ubuntu-latest
            steps:
              - env: {GH_TOKEN: "${{ secrets.PAT }}"}
                run: gh api -X PUT "repos/$GITHUB_REPOSITORY/environments/Dev"
        """);
    var tokens = taxi.taxi().cloud().azure().github().tokens();
    String few = tokens.fineGrained("t", "mona", java.util.Map.of("environments", "write")).value();
    taxi.gh("gh secret set PAT --repo octo-org/taxi --body " + few);

    String mend = taxi.fails("token-without-right", "Resource not accessible");

    assertEquals("gh auth refresh -s repo", mend);
    taxi.gh("gh secret set PAT --repo octo-org/taxi --body " + tokens.ofUser().value());
    taxi.succeeds();
  }

  @Test
  void failure_12_an_object_id_stands_for_a_client_id() throws IOException {
    RehearsedLogin taxi = taxi();
    String objectId = taxi.taxi().application("dev").path("id").asText();
    variable(taxi, objectId);

    taxi.run(taxi.fails("object-id-for-client-id", "AADSTS700016"));

    taxi.succeeds();
  }

  private static void variable(RehearsedLogin taxi, String value) {
    String wrong = Json.object().put("name", "AZURE_CLIENT_ID").put("value", value).toString();
    String path = ENVIRONMENT + "/variables/AZURE_CLIENT_ID";
    assertEquals(204, taxi.taxi().gitHub("PATCH", path, wrong).status());
  }

  @Test
  void and_an_issuer_with_a_slash() throws IOException {
    RehearsedLogin taxi = taxi();
    taxi.spoil(RehearsedLogin.ISSUER + "/", RehearsedLogin.DEV, WorkflowLogin.AUDIENCE);

    taxi.run(taxi.fails("issuer-with-slash", "AADSTS700211"));

    taxi.succeeds();
  }

  @Test
  void and_another_audience() throws IOException {
    RehearsedLogin taxi = taxi();
    taxi.spoil(RehearsedLogin.ISSUER, RehearsedLogin.DEV, "api://AzureADTokenExchangeChina");

    taxi.run(taxi.fails("audience-of-the-credential", "AADSTS700212"));

    taxi.succeeds();
  }

  @Test
  void and_a_renamed_repository() throws IOException {
    RehearsedLogin taxi = taxi();
    taxi.spoil("repo:octo-org/taxi-model:environment:Dev");

    taxi.run(taxi.fails("repository-renamed", "AADSTS700213"));

    taxi.succeeds();
  }

  @Test
  void and_values_that_the_job_does_not_get() throws IOException {
    RehearsedLogin taxi = taxi();
    String path = ENVIRONMENT + "/variables/AZURE_CLIENT_ID";
    assertEquals(204, taxi.taxi().gitHub("DELETE", path, "").status());

    taxi.run(taxi.fails("values-missing", "Not all values are present"));

    taxi.succeeds();
  }

  /** The first run gets nothing, as that of a fork; the mend starts one that is none. */
  @Test
  void and_the_run_of_a_fork_gets_no_values() throws IOException, InterruptedException {
    RehearsedLogin taxi = taxi();
    String id = "client-id: ${{ vars.AZURE_CLIENT_ID }}";
    String fork = "client-id: ${{ github.run_number != 1 && vars.AZURE_CLIENT_ID || '' }}";
    assertTrue(RehearsedLogin.LOGIN.contains(id));
    taxi.write(
        RehearsedLogin.LOGIN
            .replace(id, fork)
            .replace("    steps:\n", "    steps:\n      - run: echo refs/pull/7/merge\n"));

    String mend = taxi.fails("no-secrets-for-forks", "Not all values are present");

    assertEquals("gh workflow run mlops.yml --ref main --repo octo-org/taxi", mend);
    taxi.gh(mend);
    taxi.succeedsWhenDispatched();
  }

  @Test
  void and_a_role_that_is_missing() throws IOException {
    RehearsedLogin taxi = taxi();
    EmbeddedCloud cloud = taxi.taxi().cloud();
    String group = EmbeddedCloud.SUBSCRIPTION + "/resourceGroups/rg-demo-mlops-demo";
    String list = "/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01";
    for (var one : cloud.send("GET", EmbeddedCloud.ARM + group + list, "").json().path("value")) {
      String url = EmbeddedCloud.ARM + one.path("id").asText() + "?api-version=2022-04-01";
      if (one.at("/properties/principalType").asText().equals("ServicePrincipal")) {
        assertTrue(cloud.send("DELETE", url, "").status() < 300);
      }
    }

    taxi.run(taxi.fails("no-role", "No subscriptions found"));

    taxi.succeeds();
  }
}
