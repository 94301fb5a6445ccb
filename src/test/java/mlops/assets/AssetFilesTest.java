package mlops.assets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of single assets as people write them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AssetFilesTest {
  private static final FixedWorkspace WORKSPACE = new FixedWorkspace("ml");

  @TempDir private Path folder;

  private AssetRequests read(AssetFileType type, String content) throws IOException {
    Path file = Files.writeString(folder.resolve("file.yml"), content);
    return AssetFile.read(type, file, FieldOverrides.none()).translate(WORKSPACE);
  }

  @Test
  void a_deployment_of_a_job_names_a_component_that_the_service_makes_of_it() throws IOException {
    AssetRequests deployment =
        read(
            AssetFileType.BATCH_DEPLOYMENT,
            """
            name: blue
            endpoint_name: pipes
            type: pipeline
            job_definition: azureml:trained
            settings: {default_compute: cpu}
            """);
    Resource component = deployment.dependencies().get(0);
    JsonNode spec = component.body().at("/properties/componentSpec");
    assertEquals(WORKSPACE.workspaceId() + "/jobs/trained", spec.path("sourceJobId").asText());
    assertEquals(
        WORKSPACE.workspaceId() + "/" + component.path(),
        deployment
            .resource()
            .body()
            .at("/properties/deploymentConfiguration/componentId/assetId")
            .asText());
  }

  @Test
  void a_pool_of_spark_is_attached_by_its_id() throws IOException {
    String pool =
        "/subscriptions/s/resourceGroups/g/providers/Microsoft.Synapse/workspaces/w/bigDataPools/p";
    JsonNode body =
        read(AssetFileType.COMPUTE, "name: pool\ntype: synapsespark\nresource_id: " + pool)
            .resource()
            .body();
    assertEquals("SynapseSpark", body.at("/properties/computeType").asText());
    assertEquals(pool, body.at("/properties/resourceId").asText());
    assertEquals("eastus2", body.path("location").asText());
  }
}
