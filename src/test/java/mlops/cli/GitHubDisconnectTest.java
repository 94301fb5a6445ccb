package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mlops github status} and {@code disconnect}, and the ids as secrets. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class GitHubDisconnectTest {
  private static final String DISCONNECT = "github disconnect --repo octo-org/taxi";
  private static final String STATUS = "github status --repo octo-org/taxi --no-reviewers";
  private static final String PROD = TaxiRepository.PATH + "/environments/Prod";

  @TempDir Path folder;
  private TaxiRepository taxi;

  @BeforeEach
  void a_repository() {
    taxi = TaxiRepository.in(folder);
  }

  private String said() {
    return taxi.mlops().out() + taxi.mlops().err();
  }

  private int environments() {
    return taxi.gitHub(TaxiRepository.PATH + "/environments").path("total_count").asInt(-1);
  }

  private int applications() {
    String url =
        "https://graph.microsoft.com/v1.0/applications?$filter=startswith(displayName,'gitApp')";
    return taxi.cloud().send("GET", url, "").json().path("value").size();
  }

  private Set<String> outcomes() {
    Set<String> outcomes = new TreeSet<>();
    taxi.mlops().json().path("steps").forEach(s -> outcomes.add(s.path("outcome").asText()));
    return outcomes;
  }

  @Test
  void what_connect_made_goes_and_a_second_time_there_is_nothing() {
    int before = taxi.roles();
    assertEquals(0, taxi.run(TaxiRepository.CONNECT), said());
    assertNotEquals(before, taxi.roles());
    assertEquals(4, taxi.run(DISCONNECT + " --plan --detailed-exitcode"), said());
    assertEquals(3, environments());

    assertEquals(0, taxi.run(DISCONNECT), said());

    assertEquals(0, environments());
    assertEquals(0, applications());
    assertEquals(before, taxi.roles());
    JsonNode variables = taxi.gitHub(TaxiRepository.PATH + "/actions/variables");
    assertEquals(0, variables.path("total_count").asInt(-1));
    assertEquals(0, taxi.run(DISCONNECT + " -o json"), said());
    assertEquals(Set.of("unchanged"), outcomes());
    assertEquals(0, taxi.run(TaxiRepository.CONNECT), said());
  }

  @Test
  void what_was_there_before_stays_unless_it_is_purged() {
    taxi.makeApplication("prod");
    taxi.gitHub("PUT", PROD, "{\"wait_timer\":5}");
    taxi.gitHub("POST", PROD + "/variables", "{\"name\":\"THEIRS\",\"value\":\"1\"}");
    assertEquals(0, taxi.run(TaxiRepository.CONNECT), said());

    assertEquals(0, taxi.run(DISCONNECT), said());

    assertEquals(1, environments());
    assertTrue(said().contains("it was there before"), said());
    assertEquals(1, applications());
    assertEquals(0, taxi.subjects("prod").size());
    JsonNode left = taxi.gitHub(PROD + "/variables");
    assertEquals("THEIRS", left.at("/variables/0/name").asText());
    assertEquals(1, left.path("total_count").asInt());
    assertEquals(0, taxi.run(DISCONNECT + " --purge"), said());
    assertEquals(0, environments());
    assertEquals(2, taxi.run("github disconnect --repo taxi"), said());
  }

  @Test
  void status_tells_what_stands_and_what_differs_and_the_last_runs() {
    assertEquals(0, taxi.run(TaxiRepository.CONNECT), said());
    assertEquals(0, taxi.run(STATUS), said());
    assertTrue(said().contains("no workflow has run yet"), said());
    taxi.gitHub("DELETE", PROD + "/variables/AZURE_CLIENT_ID", "");

    assertEquals(0, taxi.run(STATUS), said());
    assertTrue(said().contains("AZURE_CLIENT_ID"), said());
    assertTrue(said().contains("1 to create"), said());
    assertEquals(0, taxi.run(STATUS + " -o json"), said());
    assertTrue(taxi.mlops().json().at("/result/runs").isArray());
    assertEquals(404, taxi.gitHub("GET", PROD + "/variables/AZURE_CLIENT_ID", "").status());
  }

  @Test
  void ids_are_secrets_for_who_follows_the_guide_and_written_when_they_change() {
    String connect = TaxiRepository.CONNECT + " --ids-as-secrets";
    assertEquals(0, taxi.run(connect), said());
    JsonNode secrets = taxi.gitHub(PROD + "/secrets");
    assertEquals(6, secrets.path("total_count").asInt());
    String hash = taxi.gitHub(PROD + "/variables/MLOPS_SECRETS_HASH").path("value").asText();
    assertFalse(said().contains(hash));

    assertEquals(0, taxi.run(connect + " -o json"), said());
    assertEquals(Set.of("unchanged"), outcomes());

    taxi.gitHub("PATCH", PROD + "/variables/MLOPS_SECRETS_HASH", "{\"value\":\"x:y\"}");
    assertEquals(0, taxi.run(connect), said());
    assertNotEquals(
        hash, taxi.gitHub(PROD + "/variables/MLOPS_SECRETS_HASH").path("value").asText());
    assertEquals(0, taxi.run(DISCONNECT), said());
    assertEquals(0, environments());
  }

  @Test
  void destroy_takes_away_what_connect_made_and_finds_the_repository_by_itself() {
    assertEquals(0, taxi.run(TaxiRepository.CONNECT), said());
    assertEquals(0, taxi.run("destroy --plan --no-github"), said());
    assertFalse(said().contains("gitApp"), said());
    assertEquals(0, taxi.run("destroy --what environment test --yes"), said());
    assertEquals(2, environments());
    assertEquals(2, applications());
    assertEquals(0, taxi.run("destroy --yes"), said());
    assertEquals(0, environments());
    assertEquals(0, applications());
    JsonNode variables = taxi.gitHub(TaxiRepository.PATH + "/actions/variables");
    assertEquals(0, variables.path("total_count").asInt(-1));
    assertEquals(0, taxi.run("destroy --yes -o json"), said());
    assertEquals(Set.of("unchanged"), outcomes());
  }
}
