package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import mlops.emulator.EmbeddedCloud;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that was trained with features goes nowhere without the feature sets that it names. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FeaturesPromoteTest {
  /** As that of the sample, but for what needs packages: the table says only that there is one. */
  private static final String RETRIEVAL =
      """
      $schema: https://azuremlschemas.azureedge.net/latest/pipelineJob.schema.json
      type: pipeline
      experiment_name: tiny-retrieval
      settings:
        default_datastore: azureml:workspaceblobstore
        default_compute: azureml:mlopsdemo-cluster-dev
      inputs:
        input_model: {type: custom_model, path: "azureml:taxi-test-model-mlops-demo@latest"}
        observations: {type: uri_file, path: ../data/taxi-batch.csv}
      outputs:
        table: {type: uri_folder}
      jobs:
        retrieve:
          type: spark
          component: azureml://registries/azureml/components/feature_retrieval/versions/1.1.1
          inputs:
            input_model: ${{parent.inputs.input_model}}
            observation_data: ${{parent.inputs.observations}}
            observation_data_format: csv
            timestamp_column: event_time
          resources: {instance_type: standard_e4s_v3, runtime_version: "3.5"}
          conf:
            spark.driver.cores: 1
            spark.driver.memory: 2g
            spark.executor.cores: 1
            spark.executor.memory: 2g
            spark.executor.instances: 1
        table:
          type: command
          command: ls ${{inputs.retrieved}}/data/part-00000.parquet && (echo 7; echo 8) > ${{outputs.table}}/trips.csv
          environment: {image: mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu22.04}
          inputs:
            retrieved: ${{parent.jobs.retrieve.outputs.output_data}}
          outputs:
            table: ${{parent.outputs.table}}
      """;

  @TempDir Path folder;

  /** The endpoint scores what the retrieval wrote, which asked the model that serves. */
  private static void itScoresWithItsFeatures(Site site, String env, String... more) {
    List<String> plain = new ArrayList<>(List.of("batch-score", "--env", env));
    plain.addAll(List.of(more));
    assertEquals(3, site.run(plain.toArray(String[]::new)), site::said);
    assertTrue(
        site.said().contains("Retrieve them first: mlops batch-score --env " + env), site::said);
    plain.addAll(List.of("--features", "-o", "json"));
    String[] scoring = plain.toArray(String[]::new);
    assertEquals(0, site.run(scoring), site::said);
    assertEquals(
        List.of("trips.csv 1 14.0", "trips.csv 2 16.0"), site.predictions(env), site::said);
    assertEquals(0, site.run(scoring), site::said);
    for (String step : List.of("retrieve", "retrieve-job", "invoke", "predictions")) {
      assertEquals(Optional.of("unchanged"), site.outcome(step + "." + env), site::said);
    }
  }

  private static void laterTargetsOfARegistryLookToo(Site site, String set) {
    assertEquals(0, site.run("bootstrap", "--via", "registry"), site::said);
    assertEquals(0, site.run("promote", "--to", "test", "--via", "registry"), site::said);
    String[] prod = {"promote", "--to", "prod", "--via", "registry", "--force-unscored"};
    site.change(set, "stage: Development", "stage: Archived");
    assertEquals(0, site.run("features", "apply"), site::said);
    assertEquals(3, site.run(prod), site::said);
    assertTrue(site.said().contains("which is archived in feature store fs-taxi"), site::said);
    site.change(set, "stage: Archived", "stage: Development");
    assertEquals(0, site.run("features", "apply"), site::said);
    assertEquals(0, site.run(prod), site::said);
    itScoresWithItsFeatures(site, "prod", "--via", "registry");
    whoMayNotReadTheStoreIsTold(site);
  }

  private static void whoMayNotReadTheStoreIsTold(Site site) {
    String ml =
        EmbeddedCloud.SUBSCRIPTION
            + "/resourceGroups/rg-demo-mlops-demo/providers/Microsoft.MachineLearningServices/";
    Colleague deployer =
        Colleague.holding(
            Map.of(
                ml + "workspaces/ml-mlopsdemo-demo-02",
                Colleague.READER,
                ml + "workspaces/ml-mlopsdemo-demo-03",
                Colleague.CONTRIBUTOR,
                ml + "registries/reg-mlopsdemo-demo",
                Colleague.READER),
            site.state());
    List<String> line = List.of("promote", "--to", "prod", "--via", "registry", "--force-unscored");
    JsonNode document =
        deployer.run(
            0,
            Stream.concat(line.stream(), Stream.of("--profile", site.path("mlops.yml").toString()))
                .toArray(String[]::new));
    assertTrue(
        document.toString().contains("whether zone_hourly:1 is there was not looked at"),
        document::toPrettyString);
  }

  @Test
  void a_model_is_promoted_only_where_its_feature_sets_stand() {
    Site site = Site.tiny(folder);
    Site.copy(Path.of("features"), site.path("features"));
    site.write("dev/src/spec.yaml", site.read("dev/features/feature_retrieval_spec.yaml"));
    site.change(
        "dev/src/register.py",
        "with open(os.path.join(folder, \"factor.txt\")",
        """
        import shutil
        shutil.copyfile("spec.yaml", os.path.join(folder, "feature_retrieval_spec.yaml"))
        with open(os.path.join(folder, "factor.txt")""");
    site.write("dev/retrieval.yml", RETRIEVAL);
    site.write(
        "data/taxi-batch.csv",
        """
        zone,event_time
        Chelsea,2015-07-03T05:30:00Z
        Midtown,2015-07-03T05:30:00Z
        """);
    assertEquals(0, site.run("bootstrap"), site::said);
    assertEquals(0, site.run("train"), site::said);

    assertEquals(3, site.run("promote", "--to", "test"), site::said);
    assertTrue(
        site.said()
            .contains(
                "was trained with feature set zone_hourly:1, which feature store fs-taxi does not have"),
        site::said);

    assertEquals(0, site.run("features", "apply"), site::said);
    String set = "features/zone_hourly/zone_hourly.yml";
    site.change(set, "stage: Development", "stage: Archived");
    assertEquals(0, site.run("features", "apply"), site::said);
    assertEquals(3, site.run("promote", "--to", "test"), site::said);
    assertTrue(site.said().contains("az ml feature-set restore --name zone_hourly"), site::said);

    site.change(set, "stage: Archived", "stage: Development");
    assertEquals(0, site.run("features", "apply"), site::said);
    assertEquals(0, site.run("promote", "--to", "test"), site::said);
    itScoresWithItsFeatures(site, "test");
    laterTargetsOfARegistryLookToo(site, set);

    assertEquals(0, site.run("replay", "--features", "--plan"), site::said);
    assertTrue(site.said().contains("lineage.features"), site::said);
    assertEquals(0, site.run("train", "--features", "--plan", "--explain"), site::said);
    assertTrue(site.said().contains("features.pipeline = dev/pipeline-features.yml"), site::said);
    assertTrue(site.said().contains("features.model = taxi-zone-model-mlops-demo"), site::said);
    assertFalse(site.said().contains("environments.dev.pipeline"), site::said);
    assertEquals(2, site.run("replay", "--features", "--from", "compare"), site::said);
    assertEquals(2, site.run("train", "--features", "--file", "dev/pipeline.yml"), site::said);
  }
}
