package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A profile with environments of its own names, in its own order: the guide works as ever. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OwnEnvironmentsTest {
  private Site site;

  @BeforeAll
  void open(@TempDir Path folder) {
    site = Site.tiny(folder);
    OwnEnvironments.write(site, "lab", "staging", "canary", "live");
    site.change("mlops.yml", "approvals:\n  prod: none", "approvals:\n  canary: required");
  }

  private void says(int exitCode, String text, String... words) {
    assertEquals(exitCode, site.run(words), site::said);
    assertTrue(site.said().contains(text), () -> text + " is not in\n" + site.said());
  }

  @Test
  @Order(1)
  void other_names_than_those_of_the_profile_are_wrong_and_the_right_ones_are_told() {
    says(2, "--to 'prod' is none of: staging, canary, live", "promote", "--to", "prod");
    says(2, "Did you mean canary?", "batch-score", "--env", "canry");
    says(2, "lab is where models are trained", "rollback", "--env", "lab");
    says(
        2,
        "bootstrap, train, promote-staging, score-staging, promote-canary, score-canary,"
            + " promote-live, score-live, compare, report",
        "replay",
        "--from",
        "promote-test");
    says(
        2,
        "--from score-live comes after --until promote-canary",
        "replay",
        "--from",
        "score-live",
        "--until",
        "promote-canary");
    says(
        2,
        "--force-unscored is about canary or live, and this goes to staging",
        "promote",
        "--to",
        "staging",
        "--force-unscored");
  }

  @Test
  @Order(2)
  void a_stage_waits_for_its_own_environment_alone() {
    assertEquals(0, site.run("replay", "--plan"), site::said);
    String plan = site.mlops().out();
    assertTrue(
        plan.matches(
            "(?s).*choose\\.canary .* after compute\\.canary, container\\.canary, lineage, predictions\\.staging\n.*"),
        plan);
    assertTrue(
        plan.matches("(?s).*compare\\.live .* after predictions\\.live, predictions\\.staging\n.*"),
        plan);
  }

  @Test
  @Order(3)
  void an_approval_stops_the_journey_where_the_profile_asks_for_it() {
    says(3, "canary needs an approval of version 1", "replay", "-o", "json");
    assertEquals(Optional.of("applied"), site.outcome("predictions.staging"));
    assertEquals(Optional.of("blocked"), site.outcome("model.canary"));
    assertEquals(Optional.of("blocked"), site.outcome("choose.live"));
    says(3, "canary does not hold it", "promote", "--to", "live");
    says(
        3,
        "First: mlops promote --to canary, then mlops batch-score --env canary",
        "promote",
        "--to",
        "live");
  }

  @Test
  @Order(4)
  void with_it_the_model_goes_the_whole_way_and_each_environment_scores_like_the_first() {
    assertEquals(3, site.run("promote", "--to", "canary"), site::said);
    String hash = site.said().replaceFirst("(?s).*--approve (\\w+).*", "$1");
    assertEquals(0, site.run("promote", "--to", "canary", "--approve", hash), site::said);
    says(3, "canary holds it but has not scored with it", "promote", "--to", "live");
    assertEquals(0, site.run("replay", "-o", "json", "--approve", hash), site::said);
    JsonNode compared = site.mlops().json().at("/result/compare/comparisons");
    assertEquals("[\"staging\",\"canary\"]", compared.at("/0/environments").toString());
    assertEquals("[\"staging\",\"live\"]", compared.at("/1/environments").toString());
    assertEquals(3, compared.at("/1/rows").asInt(), compared::toString);
    assertEquals(site.predictions("staging"), site.predictions("live"));
    assertEquals(0, site.run("replay", "-o", "json"), site::said);
    assertEquals(Set.of("unchanged"), outcomes(), site::said);
  }

  @Test
  @Order(5)
  void report_and_status_have_each_environment() {
    String page = site.read("report.html");
    for (String shown :
        List.of(
            "<h1>From lab to staging to canary to live</h1>",
            "Staging and canary score alike",
            "Staging and live score alike",
            "Predictions of staging and live",
            "staging as bars, live as a line",
            "lab: register",
            "canary: batch scoring")) {
      assertTrue(page.contains(shown), () -> shown + " is not in\n" + page);
    }
    assertEquals(0, site.run("status", "-o", "json"), site::said);
    JsonNode result = site.mlops().json().path("result");
    assertEquals("1", result.at("/live/serving/modelVersion").asText());
    assertEquals(List.of("lab", "staging", "canary", "live"), List.copyOf(names(result)));
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  @Order(6)
  void a_difference_is_told_of_the_environment_that_has_it() {
    site.write("predictions/live/predictions.csv", "taxi-batch.csv 1 2.5\n");
    says(3, "staging and live do not score alike", "compare");
    says(3, "row taxi-batch.csv 1: staging 2.0, live 2.5", "compare");
    says(3, "missing in live: 2, in live alone: 0", "compare", "-o", "json");
    assertEquals(Optional.of("unchanged"), site.outcome("compare.canary"), site::said);
  }

  @Test
  @Order(7)
  void what_was_rolled_back_in_one_goes_no_further() {
    String[] beside = {"promote", "--to", "staging", "--set", "name=beside"};
    assertEquals(0, site.run(beside), site::said);
    assertEquals(0, site.run("rollback", "--env", "staging"), site::said);
    says(
        3,
        "version 1 of the model in lab, which is version 1 in staging, was rolled back",
        "promote",
        "--to",
        "live");
  }

  private Set<String> outcomes() {
    Set<String> outcomes = new TreeSet<>();
    site.mlops().json().path("steps").forEach(s -> outcomes.add(s.path("outcome").asText()));
    return outcomes;
  }
}
