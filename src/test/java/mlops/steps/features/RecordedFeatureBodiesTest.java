package mlops.steps.features;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import mlops.features.CheckedDefinitions;
import mlops.features.spec.FeatureDefinitions;
import mlops.features.spec.FeatureSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same files give the bodies that azure-ai-ml 1.35.2 was recorded to send. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class RecordedFeatureBodiesTest {
  private static final Path RECORDED =
      Path.of("src/test/resources/reference/featurestore/bodies.jsonl");
  private static final String ENTITY =
      """
      name: zone
      version: "1"
      description: pickup zone
      tags: {a: b}
      index_columns:
        - {name: zone_id, type: string}
        - {name: vendor, type: integer}
      """;
  private static final String STATS =
      """
      name: zone_stats
      version: "1"
      description: d
      entities: [azureml:zone:1]
      specification: {path: ./zone_spec}
      materialization_settings:
        offline_enabled: true
        online_enabled: true
        schedule: {type: recurrence, frequency: day, interval: 1, start_time: "2026-03-04T10:00:00", time_zone: UTC}
        notification: {email_on: [job_failed], emails: [x@y.z]}
        resource: {instance_type: Standard_E8S_V3}
        spark_configuration: {spark.driver.cores: 4}
      """;
  private static final String STATS_SPEC =
      """
      source:
        type: parquet
        path: abfss://data@lake.dfs.core.windows.net/zones/*.parquet
        timestamp_column: {name: event_time, format: "yyyy-MM-dd HH:mm:ss"}
        source_delay: {days: 0, hours: 0, minutes: 20}
      feature_transformation:
        transformation_code: {path: ./code, transformer_class: zone.Zone}
      features:
        - {name: trips_3d, type: long, description: trips, tags: {k: v}}
        - {name: fare_avg, type: double}
      index_columns:
        - {name: zone_id, type: string}
        - {name: vendor, type: integer}
      source_lookback: {days: 3, hours: 0, minutes: 0}
      temporal_join_lookback: {days: 1, hours: 0, minutes: 0}
      """;
  private static final String PLAIN_SPEC =
      """
      source:
        type: csv
        path: abfss://data@lake.dfs.core.windows.net/zones.csv
        timestamp_column: {name: event_time}
      features:
        - {name: trips_3d, type: long}
        - {name: fare_1h, type: double}
      index_columns:
        - {name: zone_id, type: string}
      """;

  @TempDir Path folder;
  private FeatureDefinitions found;

  @BeforeEach
  void define() throws IOException {
    write("zone.yml", ENTITY);
    write("stats.yml", STATS);
    write("zone_spec/FeatureSetSpec.yaml", STATS_SPEC);
    write("zone_spec/code/zone.py", "class Zone: pass\n");
    write(
        "plain/zone.yml",
        ENTITY.replace("name: zone\n", "name: plain\n").replaceAll(".*vendor.*\n", ""));
    write(
        "plain/set.yml",
        "name: zone_dsl\nversion: '1'\nentities: [azureml:plain:1]\nspecification: {path: ./dsl_spec}\n");
    write("plain/dsl_spec/FeatureSetSpec.yaml", PLAIN_SPEC);
    found = CheckedDefinitions.of(folder).definitions();
  }

  private void write(String name, String text) throws IOException {
    Files.createDirectories(folder.resolve(name).getParent());
    Files.writeString(folder.resolve(name), text);
  }

  private static JsonNode recorded(String step) throws IOException {
    ObjectMapper json = new ObjectMapper();
    for (String line : Files.readAllLines(RECORDED)) {
      JsonNode one = json.readTree(line);
      if (one.path("step").asText().equals(step)) {
        return one.at("/body/properties");
      }
    }
    throw new AssertionError("nothing is recorded of " + step);
  }

  private JsonNode body(String set, String place) throws IOException {
    FeatureSet one = found.set(set, "1").orElseThrow();
    String sent = AssetBodies.set(one, place, one.spec().source().path()).toString();
    return new ObjectMapper().readTree(sent.replace("azureml:plain:1", "azureml:zone:1"));
  }

  @Test
  void of_an_entity() throws IOException {
    JsonNode sent =
        AssetBodies.entity(
            found.entities().stream()
                .filter(e -> e.name().equals("zone"))
                .findFirst()
                .orElseThrow());
    assertEquals(recorded("entity create"), sent);
  }

  @Test
  void of_a_feature_set_with_all_settings() throws IOException {
    JsonNode recorded = recorded("set create (code, schedule)");
    assertEquals(recorded, body("zone_stats", recorded.at("/specification/path").asText()));
  }

  @Test
  void of_a_feature_set_with_none() throws IOException {
    JsonNode recorded = recorded("set create (DSL)");
    assertEquals(recorded, body("zone_dsl", recorded.at("/specification/path").asText()));
  }
}
