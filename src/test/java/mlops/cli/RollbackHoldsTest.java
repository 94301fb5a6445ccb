package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import mlops.emulator.EmbeddedAzureOptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What somebody rolled back does not come back by itself. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RollbackHoldsTest {
  private static final String OLD = "batch-dp-mlopsdemo-test";
  private static final String BAD = "batch-dp-mlopsdemo-test-v2";

  private Site site;

  @BeforeAll
  void roll_back(@TempDir Path folder) {
    site = Site.tiny(folder);
    done("bootstrap");
    done("train");
    done("promote", "--to", "test");
    done("train", "--set", "inputs.factor=5");
    done("promote", "--to", "test");
    done("rollback", "--env", "test");
    assertEquals(OLD, serving().path("deployment").asText());
  }

  private void done(String... words) {
    assertEquals(0, site.run(words), site::said);
  }

  private JsonNode serving() {
    done("status", "-o", "json");
    return site.mlops().json().at("/result/test/serving");
  }

  private void refused(String... words) {
    assertEquals(3, site.run(words), site::said);
    assertTrue(site.said().contains("RolledBack"), site::said);
    assertTrue(
        site.said()
            .matches(
                "(?s).*version 2 in test, was rolled back there by %s at \\d{4}-\\d\\d-\\d\\dT.*"
                    .formatted(EmbeddedAzureOptions.USER)),
        site::said);
    assertEquals(OLD, serving().path("deployment").asText());
  }

  @Test
  @Order(1)
  void promote_and_replay_stop_and_say_what_was_rolled_back_by_whom_and_when() {
    refused("promote", "--to", "test");
    refused("promote", "--to", "test", "--plan");
    refused("promote", "--to", "test", "--model-version", "2", "--as-version", "7");
    refused("replay", "--from", "promote-test");
    refused("replay", "--from", "promote-test", "--until", "promote-test", "-o", "json");
  }

  @Test
  @Order(1)
  void it_holds_for_prod_too_where_nobody_served_it_yet() {
    refused("promote", "--to", "prod", "--force-unscored");
  }

  @Test
  @Order(1)
  void another_setting_of_the_deployment_is_no_newer_version() {
    refused("promote", "--to", "test", "--set", "mini_batch_size=3");
    assertTrue(site.mlops().out().lines().noneMatch(line -> line.contains("updated")), site::said);
  }

  @Test
  @Order(2)
  void status_shows_it() {
    JsonNode rolledBack = serving().path("rolledBack");
    assertEquals(1, rolledBack.size(), rolledBack::toString);
    assertEquals(BAD, rolledBack.at("/0/deployment").asText());
    assertEquals("2", rolledBack.at("/0/modelVersion").asText());
    assertEquals(EmbeddedAzureOptions.USER, rolledBack.at("/0/by").asText());
    assertTrue(Instant.parse(rolledBack.at("/0/at").asText()).isBefore(Instant.now()));
    done("status");
    assertTrue(site.mlops().out().contains("rolled back  " + BAD + " (model version 2) by "));
  }

  @Test
  @Order(3)
  void a_second_rollback_goes_forward_and_what_serves_then_is_promoted_as_ever() {
    done("rollback", "--env", "test");
    assertEquals(BAD, serving().path("deployment").asText());
    assertEquals(OLD, serving().at("/rolledBack/0/deployment").asText());
    done("promote", "--to", "test");
    done("rollback", "--env", "test");
    assertEquals(1, serving().path("rolledBack").size());
  }

  @Test
  @Order(4)
  void force_lets_it_serve_again() {
    done("promote", "--to", "test", "--force", "-o", "json");
    assertTrue(site.mlops().out().contains("--force lets it serve again"), site::said);
    assertEquals(BAD, serving().path("deployment").asText());
    assertEquals(0, serving().path("rolledBack").size());
    done("promote", "--to", "test", "-o", "json");
    assertEquals(Optional.of("unchanged"), site.outcome("default.test"));
    done("rollback", "--env", "test");
  }

  @Test
  @Order(5)
  void a_newer_version_passes_and_the_old_decision_stands() {
    done("train", "--set", "inputs.factor=7");
    done("promote", "--to", "test");
    assertEquals("3", serving().path("modelVersion").asText());
    assertEquals(3, site.run("promote", "--to", "test", "--model-version", "2"), site::said);
    assertEquals(BAD, serving().at("/rolledBack/0/deployment").asText());
    done("promote", "--to", "test", "--model-version", "1");
  }
}
