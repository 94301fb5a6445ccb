package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import mlops.Golden;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mlops features validate}: mistakes with their places, and the traps ahead by number. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FeaturesValidateTest {
  private static final String ENTITY =
      """
      name: zone
      version: "1"
      index_columns:
        - {name: zone, type: string}
      """;
  private static final String SET =
      """
      name: zone
      version: "1"
      entities: [azureml:zone:1]
      specification: {path: ./spec}
      """;
  private static final String SPEC =
      """
      source:
        type: parquet
        path: abfss://data@account.dfs.core.windows.net/zone/
        timestamp_column: {name: event_time}
      features:
        - {name: v, type: integer}
      index_columns:
        - {name: zone, type: string}
      """;

  @TempDir Path folder;
  private final Transcript mlops = Transcript.frozen(Path.of("nowhere"));

  @Test
  void the_sample_is_well_formed_and_its_traps_are_told() throws IOException {
    assertEquals(0, mlops.run("features", "validate", "features"));
    Golden.check("features-validate.txt", mlops.out());
    assertEquals("", mlops.err());
    assertEquals(0, mlops.run("features", "validate", "features", "-o", "json"));
    JsonNode result = mlops.json().path("result");
    assertEquals("zone_hourly:1", result.at("/featureSets/0/id").asText());
    assertEquals(8, numbers(result).size(), result::toString);
  }

  @Test
  void every_mistake_is_told_with_its_place() throws IOException {
    write("zone.yml", ENTITY);
    write("again.yml", ENTITY.replace("string}", "text}"));
    write("set.yml", SET.replace("zone:1]", "zone:1, azureml:zoen:1, zone]"));
    write(
        "spec/FeatureSetSpec.yaml",
        """
        source:
          type: parquet
          path: abfss://data@account.dfs.core.windows.net/zone/
          timestamp_column: {name: event_time, format: "%Y-%m-%d"}
          source_delay: {hours: 3}
        feature_transformation:
          transformation_expressions:
            - {feature_name: trips, aggregation: count, source_column: fare, window: {days: 3}}
            - {feature_name: mean, aggregation: mean, source_column: fare}
            - {feature_name: total, aggregation: sum, source_column: fare, window: {minutes: 0}}
            - {feature_name: total, aggregation: sum, source_column: fare}
        features:
          - {name: trips, type: bigint}
          - {name: total, type: double}
          - {name: total, type: double}
          - {name: row_number, type: long}
          - {name: zone, type: string}
        index_columns:
          - {name: zone, type: integer}
        source_lookback: {days: 1}
        temporal_join_lookback: {hours: 2}
        schema_version: 3
        """);
    assertEquals(2, mlops.run("features", "validate", folder.toString()));
    Golden.check("features-mistakes.txt", mlops.err().replace(folder + "/", ""));
    assertEquals("", mlops.out());
    assertEquals(2, mlops.run("features", "validate", folder.toString(), "-o", "json"));
    assertEquals("InvalidInput", mlops.json().at("/error/code").asText());
  }

  @Test
  void a_key_that_says_what_a_file_is_may_be_mistyped() throws IOException {
    write("zone.yml", ENTITY.replace("index_columns", "index_colums"));
    write("set.yml", SET.replace("entities", "entites").replace("specification", "specificaton"));
    write("spec/FeatureSetSpec.yaml", SPEC);
    assertEquals(2, mlops.run("features", "validate", folder.toString()));
    assertTrue(
        mlops.err().contains("zone.yml:3:1 unknown key index_colums: did you mean index_columns?"),
        mlops.err());
    assertTrue(mlops.err().contains("set.yml:4:1 unknown key specificaton: did"), mlops.err());
    assertTrue(mlops.err().contains("set.yml:3:1 unknown key entites: did"), mlops.err());
    assertTrue(!mlops.err().contains("no file here defines"), mlops.err());
    assertTrue(!mlops.err().contains("is none of"), mlops.err());
  }

  @Test
  void keys_must_be_those_of_the_entity_in_name_and_type() throws IOException {
    write("zone.yml", ENTITY + "  - {name: vendor, type: integer}\n");
    write("set.yml", SET);
    write("spec/FeatureSetSpec.yaml", SPEC.replace("zone, type: string", "zone, type: long"));
    assertEquals(2, mlops.run("features", "validate", folder.toString()));
    assertTrue(mlops.err().contains("spec/FeatureSetSpec.yaml:8"), mlops.err());
    assertTrue(mlops.err().contains("the key zone is long here and string in "), mlops.err());
    assertTrue(mlops.err().contains("entities have the key vendor too"), mlops.err());
  }

  @Test
  void one_mistake_brings_no_others_with_it() throws IOException {
    write("zone.yml", ENTITY);
    write("set.yml", SET);
    String bad =
        SPEC
            + """
            feature_transformation:
              transformation_expressions:
                - {feature_name: v, aggregation: count, window: {hours: 3}}
            source_lookback: {days: -1}
            """;
    write("spec/FeatureSetSpec.yaml", bad);
    assertEquals(2, mlops.run("features", "validate", folder.toString()));
    assertTrue(mlops.err().contains("✗ 1 mistake"), mlops.err());
    assertTrue(mlops.err().contains("source_lookback.days is -1: give a number"), mlops.err());
    write("spec/FeatureSetSpec.yaml", SPEC);
    write("list.yml", "- a\n");
    assertEquals(2, mlops.run("features", "validate", folder.toString()));
    assertTrue(
        mlops.err().contains("list.yml:1:1 the file is a list, expected a map"), mlops.err());
  }

  @Test
  void what_needs_spark_is_named() throws IOException {
    write("zone.yml", ENTITY);
    write("set.yml", SET);
    write(
        "spec/FeatureSetSpec.yaml",
        SPEC
            + """
            feature_transformation:
              transformation_code: {path: ./code, transformer_class: zone.ZoneTransformer}
            """);
    assertEquals(0, mlops.run("features", "validate", folder.toString()));
    assertTrue(
        mlops.out().contains("the PySpark transformer zone.ZoneTransformer needs Spark"),
        mlops.out());
    assertTrue(mlops.out().contains("#16 "), mlops.out());
  }

  @Test
  void each_trap_of_definitions_has_its_number() throws IOException {
    String online = "materialization_settings: {online_enabled: true}\n";
    String two =
        SPEC.replace(
            "{name: zone, type: string}",
            "{name: zone, type: string}\n  - {name: vendor, type: string}");
    Map<String, List<Integer>> expected =
        Map.of(
            SPEC,
            List.of(2, 3, 4, 5, 15),
            SPEC + "schema_version: 2\n",
            List.of(4, 9, 15),
            SPEC.replace("integer", "long") + "schema_version: 2\n",
            List.of(4, 9, 10, 15),
            SPEC.replace("integer", "double"),
            List.of(2, 4, 5, 15),
            SPEC.replace("parquet", "csv"),
            List.of(2, 3, 4, 5, 15, 22),
            SPEC + "temporal_join_lookback: {hours: 0}\n",
            List.of(2, 3, 4, 11, 15),
            SPEC + "temporal_join_lookback: {hours: 24}\n",
            List.of(2, 3, 4, 8, 15, 20),
            two + "schema_version: 2\n",
            List.of(1, 4, 6, 9, 15));
    write("set.yml", SET + online);
    for (Map.Entry<String, List<Integer>> spec : expected.entrySet()) {
      boolean pair = spec.getKey().contains("vendor");
      write("zone.yml", ENTITY + (pair ? "  - {name: vendor, type: string}\n" : ""));
      write("spec/FeatureSetSpec.yaml", spec.getKey());
      assertEquals(
          0, mlops.run("features", "validate", folder.toString(), "-o", "json"), mlops::out);
      assertEquals(
          spec.getValue(), List.copyOf(numbers(mlops.json().path("result"))), spec.getKey());
    }
    write("spec/FeatureSetSpec.yaml", SPEC);
    write("zone.yml", ENTITY);
    write("set.yml", SET);
    write("two.yml", SET.replace("\"1\"", "\"2\""));
    assertEquals(0, mlops.run("features", "validate", folder.toString(), "-o", "json"));
    assertEquals(List.of(14), List.copyOf(numbers(mlops.json().path("result"))));
    Files.delete(folder.resolve("two.yml"));
    assertEquals(0, mlops.run("features", "validate", folder.toString()));
    assertTrue(mlops.out().contains("None of the 22 known traps"), mlops.out());
  }

  @Test
  void a_folder_without_definitions_is_refused() {
    assertEquals(2, mlops.run("features", "validate", folder.resolve("none").toString()));
    assertTrue(mlops.err().contains("There is no folder "), mlops.err());
    assertEquals(2, mlops.run("features", "validate", folder.toString()));
    assertTrue(mlops.err().contains("defines a feature set"), mlops.err());
    assertEquals(2, mlops.run("features"));
    assertTrue(mlops.err().contains("a command is missing: validate"), mlops.err());
  }

  private static Set<Integer> numbers(JsonNode result) {
    Set<Integer> numbers = new TreeSet<>();
    result.path("traps").forEach(t -> numbers.add(t.path("number").asInt()));
    return numbers;
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text);
  }
}
