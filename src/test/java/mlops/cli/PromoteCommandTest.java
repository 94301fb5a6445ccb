package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.state.StateTree;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A model on its way to prod: what is refused, what passes, and the way back. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PromoteCommandTest {
  private static final List<String> TWICE =
      List.of("taxi-batch.csv 1 2.0", "taxi-batch.csv 2 4.0", "taxi-batch.csv 3 6.0");
  private static final List<String> FIVEFOLD =
      List.of("taxi-batch.csv 1 5.0", "taxi-batch.csv 2 10.0", "taxi-batch.csv 3 15.0");

  private static final String DEV =
      "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-demo-mlops-demo"
          + "/providers/Microsoft.MachineLearningServices/workspaces/ml-mlopsdemo-demo-01";

  private Site site;

  @BeforeAll
  void train(@TempDir Path temporary) {
    site = Site.tiny(temporary);
    assertEquals(0, site.run("bootstrap"), site::said);
  }

  @Test
  @Order(1)
  void without_a_model_nothing_is_promoted() {
    assertEquals(1, site.run("promote", "--to", "test"), site::said);
    assertTrue(site.mlops().err().contains("ModelNotFound"), site::said);
    assertEquals(1, site.run("batch-score", "--env", "test"), site::said);
    assertEquals(0, site.run("train"), site::said);
  }

  @Test
  @Order(2)
  void prod_before_test_is_refused() {
    refused("NotTested", "promote", "--to", "prod");
    assertEquals(0, site.run("promote", "--to", "test"), site::said);
    refused("NotTested", "promote", "--to", "prod");
    assertTrue(site.mlops().err().contains("has not scored"), site::said);
  }

  @Test
  @Order(3)
  void what_is_there_is_left_alone() {
    assertEquals(0, site.run("promote", "--to", "test", "-o", "json"), site::said);
    site.mlops()
        .json()
        .path("steps")
        .forEach(step -> assertEquals("unchanged", step.path("outcome").asText(), site::said));
  }

  @Test
  @Order(4)
  void prod_asks_for_an_approval_of_exactly_these_files() {
    assertEquals(0, site.run("batch-score", "--env", "test"), site::said);
    assertEquals(TWICE, site.predictions("test"));
    site.change("mlops.yml", "prod: none", "prod: required");
    refused("ApprovalForAnother", "promote", "--to", "test", "--approve", "0123456789abcdef");
    refused("ApprovalRequired", "promote", "--to", "prod");
    Matcher named = Pattern.compile("--approve ([0-9a-f]{16})").matcher(site.mlops().err());
    assertTrue(named.find(), site::said);
    site.mlops().variable("GITHUB_REPOSITORY", "octo-org/taxi");
    site.pageOfJob(() -> refused("ApprovalRequired", "promote", "--to", "prod"));
    String run = "gh workflow run mlops.yml --repo octo-org/taxi --ref main -f approve=";
    assertTrue(site.mlops().err().contains(run + named.group(1)), site::said);
    refused("ApprovalForAnother", "promote", "--to", "prod", "--approve", "0123456789abcdef");
    assertTrue(site.mlops().err().contains(named.group(1)), site::said);
    String digits = named.group(1).substring(0, 8);
    assertEquals(2, site.run("promote", "--to", "prod", "--approve", digits.substring(1)));
    assertTrue(site.mlops().err().contains("its first 8 digits or more"), site::said);
    assertEquals(2, site.run("promote", "--to", "prod", "--approve", "looks good"), site::said);
    assertEquals(3, site.run("promote", "--to", "prod", "--plan"), site::said);
    assertTrue(site.mlops().out().contains("files    " + named.group(1)), site::said);
    assertEquals(3, site.run("promote", "--to", "prod", "--plan", "-o", "json"), site::said);
    assertEquals(0.9, site.mlops().json().at("/result/candidate/metrics/r2").asDouble());
    assertTrue(site.mlops().json().at("/result/serving").isNull(), site::said);
    assertEquals(0, site.run("promote", "--to", "prod", "--approve", digits), site::said);
    assertEquals(0, site.run("promote", "--to", "prod", "--plan", "-o", "json"), site::said);
    assertEquals("1", site.mlops().json().at("/result/serving/version").asText());
    assertEquals(0, site.run("batch-score", "--env", "prod"), site::said);
    assertEquals(0, site.run("compare"), site::said);
    assertEquals(0, site.run("promote", "--to", "prod"), site::said); // nothing is left to approve
    site.change("mlops.yml", "prod: required", "prod: none");
  }

  @Test
  @Order(5)
  void a_version_that_is_there_with_other_content_is_never_written_over() {
    assertEquals(0, site.run("train", "--set", "inputs.factor=5"), site::said);
    refused("VersionExists", "promote", "--to", "test", "--as-version", "1");
    planOfReplaySaysThatTheNewVersionIsYetToScore();
  }

  private void planOfReplaySaysThatTheNewVersionIsYetToScore() {
    assertEquals(0, site.run("replay", "--plan", "-o", "json"), site::said);
    for (JsonNode step : site.mlops().json().path("steps")) {
      if (step.path("id").asText().equals("invoke.test")) {
        assertEquals("run", step.path("action").asText(), site::said);
      }
    }
  }

  @Test
  @Order(5)
  void a_version_whose_gate_failed_is_neither_chosen_nor_taken_when_it_is_named() {
    StateTree state = EmbeddedAzure.open(site.state(), EmbeddedAzureOptions.defaults()).state();
    String good = DEV + "/models/taxi-model-mlops-demo/versions/1";
    ObjectNode bad = state.read(good).orElseThrow();
    bad.withObject("/properties/tags").put("gate", "failed");
    bad.withObject("/systemData").put("createdAt", "2999-01-01T00:00:00Z");
    bad.put("id", good.replace("/versions/1", "/versions/9")).put("name", "9");
    state.write(bad.path("id").asText(), bad);
    assertEquals(0, site.run("promote", "--to", "test", "--plan"), site::said);
    assertFalse(site.mlops().out().contains("version 9"), site::said);
    refused("GateNotPassed", "promote", "--to", "test", "--model-version", "9");
    bad.withObject("/properties/tags").remove("gate"); // its mlops was ended before it could say
    state.write(bad.path("id").asText(), bad);
    assertEquals(0, site.run("promote", "--to", "test", "--plan"), site::said);
    assertTrue(site.mlops().out().contains("version 1; not judged yet: 9"), site::said);
    refused("NotJudged", "promote", "--to", "test", "--model-version", "9");
    assertTrue(site.mlops().err().contains("→ Repeat the mlops train that made this version"));
    state.delete(bad.path("id").asText());
  }

  @Test
  @Order(5)
  void what_cannot_be_promoted_or_set_is_told_before_anything_is_sent() {
    wrong(1, "has no version 77", "--model-version", "77");
    wrong(2, "which is no name of anything", "--model-version", "../1");
    wrong(2, "which is no name of anything", "--as-version", "1/2");
    wrong(2, "did you mean mini_batch_size?", "--set", "mini_batch_sise=3");
    wrong(2, "expected a whole number", "--set", "mini_batch_size=many");
    wrong(2, "is not of the form KEY.PATH=VALUE", "--set", "mini_batch_size");
    wrong(2, "--model-version", "--set", "model=azureml:another:1");
    wrong(2, "Change endpoint_name", "--set", "endpoint_name=another");
    wrong(2, "--force-unscored is about prod", "--force-unscored");
    wrong(2, "--model-version chooses that of a model", "--version", "9");
  }

  private void wrong(int code, String text, String... words) {
    List<String> all = new ArrayList<>(List.of("promote", "--to", "test"));
    all.addAll(List.of(words));
    assertEquals(code, site.run(all.toArray(String[]::new)), site::said);
    assertTrue(site.mlops().err().contains(text), site::said);
    assertTrue(site.mlops().err().contains("→ "), site::said);
  }

  @Test
  @Order(6)
  void what_test_never_scored_with_gets_to_prod_by_force_alone_and_loudly() {
    assertEquals(0, site.run("promote", "--to", "test"), site::said);
    refused("NotTested", "promote", "--to", "prod");
    assertEquals(0, site.run("promote", "--to", "prod", "--force-unscored", "--plan"), site::said);
    assertTrue(site.mlops().err().contains("warning: --force-unscored"), site::said);
    assertTrue(site.mlops().out().contains("NOT scored in test"), site::said);
    assertEquals(0, site.run("promote", "--to", "prod", "-q", "--force-unscored"), site::said);
    assertTrue(site.mlops().err().contains("warning: --force-unscored"), site::said);
    assertEquals(0, site.run("rollback", "--env", "prod"), site::said);
  }

  @Test
  @Order(7)
  void who_may_only_read_is_denied_with_the_way_out() {
    String profile = site.path("mlops.yml").toString();
    Colleague reader = Colleague.holding(Colleague.READER, site.state());
    for (List<String> command :
        List.of(
            List.of("promote", "--to", "test", "--set", "mini_batch_size=7"),
            List.of(
                "batch-score",
                "--env",
                "test",
                "--input",
                "azureml:taxi-test-data-mlops-demo:1"))) {
      List<String> all = new ArrayList<>(command);
      all.addAll(List.of("--profile", profile));
      JsonNode document = reader.denied(all.toArray(String[]::new));
      assertFalse(Colleague.codes(document).isEmpty(), document::toPrettyString);
      for (JsonNode step : document.path("steps")) {
        if (step.path("outcome").asText().equals("failed")) {
          assertTrue(
              step.at("/error/message").asText().contains("does not have authorization")
                  || step.at("/error/message").asText().endsWith("was answered 403"),
              step::toPrettyString);
          assertTrue(step.at("/error/hint").asText().contains("role"), step::toPrettyString);
        }
      }
    }
  }

  @Test
  @Order(8)
  void going_back_brings_back_the_previous_predictions() {
    assertEquals(0, site.run("promote", "--to", "test"), site::said);
    assertEquals(0, site.run("batch-score", "--env", "test"), site::said);
    assertEquals(FIVEFOLD, site.predictions("test"));
    assertEquals(3, site.run("compare"), site::said);
    assertEquals(3, site.run("replay", "--plan"), site::said); // prod was rolled back
    assertEquals(0, site.run("replay", "--plan", "--force"), site::said);
    assertTrue(site.mlops().out().contains("compare the predictions"), site::said);
    anotherDescriptionLeavesTheWayBack();
    assertEquals(0, site.run("rollback", "--env", "test"), site::said);
    assertEquals(0, site.run("batch-score", "--env", "test"), site::said);
    assertEquals(TWICE, site.predictions("test"));
    assertEquals(0, site.run("compare"), site::said);
    statusTellsTheLineage();
    assertEquals(0, site.run("rollback", "--env", "test"), site::said);
    assertEquals(0, site.run("batch-score", "--env", "test"), site::said);
    assertEquals(FIVEFOLD, site.predictions("test"));
  }

  private void anotherDescriptionLeavesTheWayBack() {
    site.change("test/batch-endpoint-test.yml", "endpoint, test", "endpoint of test");
    assertEquals(0, site.run("promote", "--to", "test", "-o", "json"), site::said);
    assertEquals(Optional.of("applied"), site.outcome("endpoint.test"), site::said);
    assertEquals(Optional.of("unchanged"), site.outcome("default.test"), site::said);
  }

  @Test
  @Order(5)
  void where_nothing_served_before_there_is_no_way_back() {
    assertEquals(1, site.run("rollback", "--env", "prod"), site::said);
  }

  private void statusTellsTheLineage() {
    assertEquals(0, site.run("status"), site::said);
    assertTrue(site.mlops().out().contains("before    batch-dp-mlopsdemo-test-v2"), site::said);
    assertEquals(0, site.run("status", "-o", "json"), site::said);
    JsonNode dev = site.mlops().json().at("/result/dev/models/0");
    JsonNode test = site.mlops().json().at("/result/test/models/0");
    for (String field : List.of("gate", "job", "sourceVersion", "commit", "manifest", "metrics")) {
      assertTrue(dev.path(field).toString().length() > 2, site::said); // neither "" nor {}
      assertEquals(dev.path(field), test.path(field), field);
    }
    assertEquals("ml-mlopsdemo-demo-01", test.path("sourceWorkspace").asText());
    assertTrue(test.path("by").asText().contains("@"), site::said);
    assertFalse(Instant.parse(test.path("at").asText()).isAfter(Instant.now()), site::said);
  }

  private void refused(String code, String... words) {
    assertEquals(3, site.run(words), site::said);
    assertTrue(site.mlops().err().contains(code + ": "), site::said);
  }
}
