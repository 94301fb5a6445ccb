package mlops.emulator.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.TestKey;
import mlops.emulator.WorkflowLogin;
import mlops.emulator.http.Json;
import mlops.emulator.login.directory.Propagation;
import mlops.emulator.login.token.GitHubOidcIssuer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Entra says to the token of a workflow, in words that people search for. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class FederatedLoginTest {
  private static final String GRAPH = "https://graph.microsoft.com/v1.0/";
  private static final String SUBJECT = "repo:octo-org/taxi:environment:Dev";
  private static final String RECORD =
      "No matching federated identity record found for presented assertion ";
  private static final String CHECK =
      "Check your federated identity credential Subject, Audience and Issuer against the presented assertion.";

  @TempDir Path folder;
  private EmbeddedCloud cloud;
  private String applicationId;
  private String clientId;

  @BeforeEach
  void an_application() {
    cloud = with(Propagation.fast());
    JsonNode made = cloud.send("POST", GRAPH + "applications", "{\"displayName\":\"job\"}").json();
    applicationId = made.path("id").asText();
    clientId = made.path("appId").asText();
    String principal = Json.object().put("appId", clientId).toString();
    assertEquals(201, cloud.send("POST", GRAPH + "servicePrincipals", principal).status());
  }

  private EmbeddedCloud with(Propagation propagation) {
    EmbeddedAzureOptions options = EmbeddedAzureOptions.defaults().withPropagation(propagation);
    return EmbeddedCloud.on(EmbeddedAzure.open(TestKey.in(folder), options));
  }

  private String credential(String issuer, String subject) {
    ObjectNode body =
        Json.object().put("name", "job").put("issuer", issuer).put("subject", subject);
    body.putArray("audiences").add(WorkflowLogin.AUDIENCE);
    EmbeddedCloud.Answer made = cloud.send("POST", collection(), body.toString());
    assertEquals(201, made.status());
    return made.json().path("id").asText();
  }

  private String collection() {
    return GRAPH + "applications/" + applicationId + "/federatedIdentityCredentials";
  }

  @Test
  void each_claim_that_does_not_match_is_said_with_its_own_number() {
    WorkflowLogin login = new WorkflowLogin(cloud);
    credential(GitHubOidcIssuer.ISSUER, SUBJECT);

    assertEquals(200, login.exchange(clientId, login.assertion(SUBJECT)).status());
    String branch = "repo:octo-org/taxi:ref:refs/heads/main";
    says("AADSTS700213: " + RECORD + "subject '" + branch + "'. " + CHECK, login.assertion(branch));
    says(
        "AADSTS7002138: "
            + RECORD
            + "subject 'repo:octo-org/taxi:environment:dev'. The subject matches with case-insensitive comparison, but not with case-sensitive comparison. "
            + CHECK,
        login.assertion("repo:octo-org/taxi:environment:dev"));
    says(
        "AADSTS700212: " + RECORD + "audience 'https://github.com/octo-org'. " + CHECK,
        login.assertion(SUBJECT, "https://github.com/octo-org", Clock.systemUTC()));
    says(
        "AADSTS700211: " + RECORD + "issuer 'https://github.example.com'. " + CHECK,
        login.assertionOf("https://github.example.com", SUBJECT));
    says(
        "AADSTS700024: Client assertion is not within its valid time range. Current time: ",
        login.assertion(
            SUBJECT,
            WorkflowLogin.AUDIENCE,
            Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-11))));
    says("AADSTS50027: JWT token is invalid or malformed.", "\"quoted\"");
  }

  private void says(String words, String assertion) {
    String said = new WorkflowLogin(cloud).refusal(clientId, assertion);
    assertTrue(said.startsWith(words), said);
    assertTrue(said.matches(".* Timestamp: \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\dZ"), said);
  }

  @Test
  void an_issuer_with_a_slash_at_its_end_is_another_one() {
    credential(GitHubOidcIssuer.ISSUER + "/", SUBJECT);

    says(
        "AADSTS700211: " + RECORD + "issuer '" + GitHubOidcIssuer.ISSUER + "'. " + CHECK,
        new WorkflowLogin(cloud).assertion(SUBJECT));
  }

  @Test
  void an_object_id_is_no_client_id() {
    WorkflowLogin login = new WorkflowLogin(cloud);

    EmbeddedCloud.Answer refused = login.exchange(applicationId, login.assertion(SUBJECT));

    assertEquals(700016, refused.json().at("/error_codes/0").asInt());
    assertEquals("unauthorized_client", refused.json().path("error").asText());
    assertEquals(
        "https://login.microsoftonline.com/error?code=700016",
        refused.json().path("error_uri").asText());
  }

  @Test
  void a_new_credential_works_after_a_while_where_that_is_rehearsed() {
    credential(GitHubOidcIssuer.ISSUER, SUBJECT);
    WorkflowLogin early =
        new WorkflowLogin(with(Propagation.fast().withCredentials(Duration.ofHours(1))));
    WorkflowLogin late = new WorkflowLogin(cloud);

    assertTrue(early.refusal(clientId, early.assertion(SUBJECT)).startsWith("AADSTS700213: "));
    assertEquals(200, late.exchange(clientId, late.assertion(SUBJECT)).status());
  }

  @Test
  void what_was_changed_in_place_is_lost_where_that_is_rehearsed_until_it_is_made_again() {
    String id = credential(GitHubOidcIssuer.ISSUER, SUBJECT.replace("octo-org", "Octo-Org"));
    String right = Json.object().put("subject", SUBJECT).toString();
    assertEquals(204, cloud.send("PATCH", collection() + "/" + id, right).status());
    JsonNode shown = cloud.send("GET", collection() + "/" + id, "").json();
    assertEquals(SUBJECT, shown.path("subject").asText());
    assertFalse(shown.has("@made"));
    WorkflowLogin copies = new WorkflowLogin(with(Propagation.fast().withoutEdits()));

    assertTrue(copies.refusal(clientId, copies.assertion(SUBJECT)).startsWith("AADSTS7002138: "));
    assertEquals(204, cloud.send("DELETE", collection() + "/" + id, "").status());
    credential(GitHubOidcIssuer.ISSUER, SUBJECT);
    assertEquals(200, copies.exchange(clientId, copies.assertion(SUBJECT)).status());
  }
}
