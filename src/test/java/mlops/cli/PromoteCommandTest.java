package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    refused("ApprovalRequired", "promote", "--to", "prod");
    Matcher named = Pattern.compile("--approve ([0-9a-f]{16})").matcher(site.mlops().err());
    assertTrue(named.find(), site::said);
    refused("ApprovalForAnother", "promote", "--to", "prod", "--approve", "0123456789abcdef");
    assertTrue(site.mlops().err().contains(named.group(1)), site::said);
    assertEquals(0, site.run("promote", "--to", "prod", "--approve", named.group(1)), site::said);
    assertEquals(0, site.run("batch-score", "--env", "prod"), site::said);
    assertEquals(0, site.run("compare"), site::said);
    site.change("mlops.yml", "prod: required", "prod: none");
  }

  @Test
  @Order(5)
  void a_version_that_is_there_with_other_content_is_never_written_over() {
    assertEquals(0, site.run("train", "--set", "inputs.factor=5"), site::said);
    refused("VersionExists", "promote", "--to", "test", "--as-version", "1");
  }

  @Test
  @Order(6)
  void going_back_brings_back_the_previous_predictions() {
    assertEquals(0, site.run("promote", "--to", "test"), site::said);
    assertEquals(0, site.run("batch-score", "--env", "test"), site::said);
    assertEquals(FIVEFOLD, site.predictions("test"));
    assertEquals(3, site.run("compare"), site::said);
    assertEquals(0, site.run("replay", "--plan"), site::said);
    assertTrue(site.mlops().out().contains("compare the predictions"), site::said);
    assertEquals(0, site.run("rollback", "--env", "test"), site::said);
    assertEquals(0, site.run("batch-score", "--env", "test"), site::said);
    assertEquals(TWICE, site.predictions("test"));
    assertEquals(0, site.run("compare"), site::said);
    statusTellsTheLineage();
    assertEquals(0, site.run("rollback", "--env", "test"), site::said);
    assertEquals(0, site.run("batch-score", "--env", "test"), site::said);
    assertEquals(FIVEFOLD, site.predictions("test"));
  }

  @Test
  @Order(7)
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
