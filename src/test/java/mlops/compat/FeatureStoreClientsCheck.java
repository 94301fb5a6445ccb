package mlops.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import mlops.cli.Transcript;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A feature store in the hands of the real azure-ai-ml, by what {@code az ml} calls in it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FeatureStoreClientsCheck {
  private JsonNode found;

  @BeforeAll
  void azure_ai_ml_works_with_a_feature_store(@TempDir Path folder) throws Exception {
    InstalledClients installed = InstalledClients.of(InstalledClients.Release.NEWEST);
    RealClients clients = RealClients.in(folder, installed);
    Transcript mlops = Transcript.of(clients.state());
    assertEquals(0, mlops.run("bootstrap"), mlops::err);
    Path program = Path.of("src/test/resources/compat/featurestore.py").toAbsolutePath();
    clients.exec("featurestore.py", List.of(installed.mlPython() + "", program + ""));
    found = clients.json("featurestore");
  }

  private void assertFound(String expected, String name) {
    assertEquals(expected, found.path(name).toString(), name);
  }

  @Test
  void a_store_is_created_by_its_template_shown_listed_updated_and_deleted() {
    assertFound("\"fs-taxi\"", "created");
    assertFound("\"azure_data_lake_gen2\"", "offline");
    assertFound("true", "identity");
    assertFound("\"3.5\"", "spark");
    assertFound("[\"fs-taxi\"]", "listed");
    assertFound("{\"team\":\"taxi\"}", "tags");
    assertFound("[]", "left");
  }

  @Test
  void an_entity_is_created_listed_archived_and_restored() {
    assertFound("\"zone\"", "entity");
    assertFound("[\"zone\"]", "columns");
    assertFound("[\"zone\"]", "entities");
    assertFound("[\"1\"]", "entity-versions");
    assertFound("\"Archived\"", "archived");
    assertFound("\"Development\"", "restored");
  }

  @Test
  void a_feature_set_is_created_twice_shown_and_changes_but_for_what_it_computes() {
    assertFound("\"zone_hourly\"", "set");
    assertFound("\"1\"", "again");
    assertFound("[true,true]", "stores");
    assertFound("[\"zone_hourly\"]", "sets");
    assertFound("[\"1\"]", "versions");
    assertFound(
        "{\"trips_24h\":\"Long\",\"mean_fare_24h\":\"Double\",\"mean_speed_24h\":\"Double\"}",
        "features");
    assertFound("\"trips_24h\"", "feature");
    assertFound("\"Production\"", "stage");
    assertFound("404", "none");
    String refused = found.path("changed").asText();
    assertTrue(refused.contains("is immutable, try specifying a new version."), refused);
  }

  @Test
  void a_backfill_is_listed_by_its_window_and_ends() {
    assertFound("1", "jobs");
    assertFound("true", "operations");
    assertFound("[\"BACKFILL_MATERIALIZATION 2026-03-04T00:00\"]", "window");
    assertFound(
        "\"Failed\"", "ended"); // its source is a file here, which Azure does not reach either
  }
}
