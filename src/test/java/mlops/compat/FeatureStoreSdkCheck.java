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

/** What {@code mlops features apply} makes, in the hands of the real azureml-featurestore. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FeatureStoreSdkCheck {
  private JsonNode found;

  @BeforeAll
  void azureml_featurestore_reads_the_store(@TempDir Path folder) throws Exception {
    Path python = PinnedFolder.python("featurestore").resolve("bin/python");
    RealClients clients = RealClients.in(folder, InstalledClients.NONE);
    Transcript mlops = Transcript.of(clients.state());
    String profile = folder.resolve("mlops.yml").toString();
    assertEquals(0, mlops.run("bootstrap", "--profile", profile), mlops::err);
    assertEquals(0, mlops.run("features", "apply", "--profile", profile), mlops::err);
    Path program = Path.of("src/test/resources/compat/featurestore-sdk.py").toAbsolutePath();
    clients.exec("featurestore-sdk.py", List.of(python + "", program + ""));
    found = clients.json("featurestore-sdk");
  }

  private void assertFound(String expected, String name) {
    assertEquals(expected, found.path(name).toString(), name);
  }

  @Test
  void the_store_its_entity_and_its_feature_set_are_found() {
    assertFound("\"fs-taxi\"", "offline");
    assertFound("[\"zone_hourly\"]", "sets");
    assertFound("[\"1\"]", "versions");
    assertFound("[\"zone\"]", "entity");
  }

  @Test
  void the_specification_is_read_where_it_was_uploaded_to() {
    assertFound("[\"trips_24h\",\"mean_fare_24h\",\"mean_speed_24h\"]", "features");
    assertFound(
        "\"abfss://fs-taxi@stgaccmlops2demodemo.dfs.core.windows.net/sources/zone_hourly/zone-trips.csv\"",
        "source");
    assertFound("\"days: 0\\nhours: 0\\nminutes: 15\\n\"", "delay");
  }

  @Test
  void features_are_resolved_by_name_and_by_the_retrieval_spec() {
    assertFound("[\"trips_24h\",\"mean_fare_24h\"]", "resolved");
    assertFound("[\"trips_24h\",\"mean_fare_24h\"]", "again");
    String spec = found.path("spec").asText();
    assertTrue(spec.contains("/workspaces/fs-taxi\n"), spec);
    assertTrue(spec.contains("feature_set: zone_hourly:1"), spec);
  }
}
