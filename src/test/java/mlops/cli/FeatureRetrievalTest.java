package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.EmbeddedCloud;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Azure's component that retrieves features, as a step of a pipeline on the embedded Azure. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FeatureRetrievalTest {
  private static final String PIPELINE =
      """
      $schema: https://azuremlschemas.azureedge.net/latest/pipelineJob.schema.json
      type: pipeline
      settings:
        default_datastore: azureml:workspaceblobstore
        default_compute: azureml:mlopsdemo-cluster-dev
      outputs:
        features:
          type: uri_folder
      jobs:
        retrieve:
          type: spark
          component: azureml://registries/azureml/components/feature_retrieval/versions/1.1.1
          inputs:
            feature_retrieval_spec: {type: uri_folder, path: ./spec}
            observation_data: {type: uri_file, path: ./observations.csv}
            observation_data_format: csv
            timestamp_column: event_time
          outputs:
            output_data: ${{parent.outputs.features}}
          resources: {instance_type: standard_e4s_v3, runtime_version: "3.5"}
          conf:
            spark.driver.cores: 1
            spark.driver.memory: 2g
            spark.executor.cores: 1
            spark.executor.memory: 2g
            spark.executor.instances: 1
        count:
          type: command
          command: find ${{inputs.joined}} -name '*.parquet' | wc -l && cat ${{inputs.joined}}/feature_retrieval_spec.yaml
          environment: azureml:taxi-train-env-demo-mlops@latest
          inputs:
            joined: ${{parent.jobs.retrieve.outputs.output_data}}
      """;

  private static final String OBSERVATIONS =
      """
      row,zone,event_time
      1,Chelsea,2015-05-15T05:30:00Z
      2,Chelsea,2015-05-15T05:00:00Z
      3,Atlantis,2015-05-15T05:30:00Z
      """;

  @TempDir Path folder;

  private Site site(String spec) {
    Site site = Site.tiny(folder);
    Site.copy(Path.of("features"), site.path("features"));
    site.write("observations.csv", OBSERVATIONS);
    site.write("spec/feature_retrieval_spec.yaml", spec);
    site.write("pipeline.yml", PIPELINE);
    assertEquals(0, site.run("bootstrap"), site::said);
    assertEquals(0, site.run("features", "apply"), site::said);
    assertEquals(0, site.run("train"), site::said); // the environment is there
    return site;
  }

  private static String spec(String... features) {
    StringBuilder text = new StringBuilder("feature_stores:\n- features:\n");
    for (String feature : features) {
      String[] parts = feature.split("/");
      text.append("  - feature_name: %s\n    feature_set: %s\n".formatted(parts[1], parts[0]));
    }
    return text
        + """
          location: eastus2
          uri: azureml://subscriptions/00000000-0000-0000-0000-000000000000/resourcegroups/rg-demo-mlops-demo/workspaces/fs-taxi
          workspace_id: 00000000-0000-0000-0000-000000000000
        serialization_version: 2
        """;
  }

  private static int run(Site site) {
    return site.run("train", "--file", site.path("pipeline.yml").toString());
  }

  @Test
  void features_are_joined_to_observations_and_the_next_job_reads_them() throws IOException {
    Site site = site(spec("zone_hourly:1/trips_24h", "zone_hourly:1/mean_fare_24h"));
    assertEquals(0, run(site), site::said);
    String logs = logs(site);
    assertTrue(logs.contains("zone_hourly:1: 11,500 rows in its source"), logs);
    assertTrue(logs.contains("trips_24h is null in 1 observations (33.3 %)"), logs);
    assertTrue(logs.contains("3 observations in, as many rows out"), logs);
    assertTrue(logs.contains("1\nfeature_stores:\n- features:\n  - feature_name: trips_24h"), logs);

    takeRoleOnStore(site);
    attachPool(site);
    String serverless = "resources: {instance_type: standard_e4s_v3, runtime_version: \"3.5\"}";
    String attached = "compute: azureml:pool";
    site.change("pipeline.yml", serverless, attached); // by its identity, not as the user
    assertEquals(1, run(site), site::said);
    assertTrue(site.said().contains("Cannot read feature sets of fs-taxi"), site::said);
    assertTrue(site.said().contains("Grant it the role 'AzureML Data Scientist'"), site::said);
    assertEquals(0, site.run("features", "apply"), site::said); // it gives the role back
    site.change("pipeline.yml", attached, serverless);

    site.write("spec/feature_retrieval_spec.yaml", spec("zone_hourly:2/trips_24h"));
    assertEquals(1, run(site), site::said);
    assertTrue(
        site.said()
            .contains("The feature set zone_hourly:2 was not found in feature store fs-taxi"),
        site::said);
    site.change("pipeline.yml", "observation_data_format: csv", "observation_data_format: delta");
    assertEquals(1, run(site), site::said);
    assertTrue(site.said().contains("no observation_data in the format delta"), site::said);
    site.change("pipeline.yml", "observation_data_format: delta", "observation_data_format: csv");
    Files.delete(site.path("spec/feature_retrieval_spec.yaml"));
    site.write("spec/other.yaml", "a: 1\n");
    assertEquals(1, run(site), site::said);
    assertTrue(
        site.said()
            .contains(
                "Input 'feature_retrieval_spec' has no feature_retrieval_spec.yaml in its root"),
        site::said);
  }

  /** An attached Spark pool that has the identity of the clusters. */
  private static void attachPool(Site site) {
    String group = EmbeddedCloud.SUBSCRIPTION + "/resourceGroups/rg-demo-mlops-demo/providers/";
    String body =
        """
        {"location": "eastus2", "identity": {"type": "UserAssigned", "userAssignedIdentities": {"%sMicrosoft.ManagedIdentity/userAssignedIdentities/mlopsuidemodemo": {}}},
         "properties": {"computeType": "SynapseSpark", "resourceId": "%sMicrosoft.Synapse/workspaces/w/bigDataPools/pool", "properties": {}}}
        """
            .formatted(group, group);
    String url =
        "%s%sMicrosoft.MachineLearningServices/workspaces/ml-mlopsdemo-demo-01/computes/pool?api-version=2024-04-01"
            .formatted(EmbeddedCloud.ARM, group);
    EmbeddedCloud.Answer answer = EmbeddedCloud.in(site.state()).send("PUT", url, body);
    assertTrue(answer.status() < 300, answer::toString);
  }

  /** The compute's identity may no longer read the feature sets. */
  private static void takeRoleOnStore(Site site) {
    EmbeddedAzure azure = EmbeddedAzure.open(site.state(), EmbeddedAzureOptions.defaults());
    List<String> roles =
        azure.state().walk("/subscriptions/" + EmbeddedAzureOptions.SUBSCRIPTION).stream()
            .map(r -> r.path("id").asText())
            .filter(id -> id.matches(".*/workspaces/fs-taxi/.*/roleAssignments/.*"))
            .toList();
    assertEquals(1, roles.size(), roles::toString);
    roles.forEach(azure.state()::delete);
  }

  /** All that the jobs of a site have printed. */
  private static String logs(Site site) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(site.state())) {
      List<Path> found = files.filter(Files::isRegularFile).toList();
      for (Path file : found) {
        if (Files.size(file) < 100_000) {
          all.append(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        }
      }
    }
    return all.toString();
  }
}
