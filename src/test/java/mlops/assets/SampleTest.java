package mlops.assets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files of the sample, as they lie in this repository. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SampleTest {

  @ParameterizedTest
  @CsvSource({
    "COMPUTE, compute/computedev.yml, computes/mlopsdemo-cluster-dev",
    "COMPUTE, compute/computetest.yml, computes/mlopsdemo-cluster-test",
    "COMPUTE, compute/computeprod.yml, computes/mlopsdemo-cluster-prod",
    "ENVIRONMENT, dev/train-env.yml, environments/taxi-train-env-demo-mlops",
    "ENVIRONMENT, test/test-env.yml, environments/taxi-test-env-demo-mlops",
    "ENVIRONMENT, prod/prod-env.yml, environments/taxi-prod-env-demo-mlops",
    "DATASTORE, test/data-store.yml, datastores/mlopsdemotestcointainer",
    "DATASTORE, prod/data-store.yml, datastores/mlopsdemoprodcointainer",
    "DATA, test/file-data-asset.yml, data/taxi-test-data-mlops-demo",
    "DATA, prod/file-data-asset.yml, data/taxi-prod-data-mlops-demo",
    "BATCH_ENDPOINT, test/batch-endpoint-test.yml, batchEndpoints/taxifare-b-mldemo-t-demo",
    "BATCH_ENDPOINT, prod/batch-endpoint-prod.yml, batchEndpoints/taxifare-b-mldemo-p-demo",
    "COMPONENT, dev/evaluate.yml, components/evaluate_taxi_model"
  })
  void each_file_translates(AssetFileType type, Path file, String path) {
    AssetRequests translation =
        AssetFile.read(type, file, FieldOverrides.none()).translate(workspace());
    assertEquals(path, translation.resource().path());
    assertEquals(List.of(), WireSchemas.violations(translation));
  }

  @ParameterizedTest
  @CsvSource({"test/batch-deployment-test.yml", "prod/batch-deployment-prod.yml"})
  void deployments_translate_with_the_code_that_scores(Path file) {
    AssetRequests translation =
        AssetFile.read(AssetFileType.BATCH_DEPLOYMENT, file, FieldOverrides.none())
            .translate(workspace());
    assertEquals(1, translation.uploads().size());
    assertEquals(List.of(), WireSchemas.violations(translation));
  }

  @Test
  void the_pipeline_registers_a_model_and_takes_a_champion() {
    JobFile file = JobFile.read(Path.of("dev/pipeline.yml"), FieldOverrides.none());
    assertEquals(Map.of("registered_model", "taxi-model-mlops-demo"), file.outline().registers());
    assertEquals(List.of("jobs.evaluate_model.inputs.champion"), file.outline().openInputs());
    assertEquals(
        List.of("prep_data", "train_model", "evaluate_model", "register_model"),
        file.outline().jobs());
    AssetRequests plain = file.translate(workspace());
    assertEquals(List.of(), WireSchemas.violations(plain));

    FieldOverrides champion =
        FieldOverrides.none()
            .with(
                "inputs.champion",
                JsonNodeFactory.instance
                    .objectNode()
                    .put("type", "custom_model")
                    .put("path", "azureml:taxi-model-mlops-demo:3"))
            .with("inputs.r2_min", "0.7")
            .with(file.outline().openInputs().get(0), "${{parent.inputs.champion}}");
    AssetRequests with = JobFile.read(Path.of("dev/pipeline.yml"), champion).translate(workspace());
    assertEquals(List.of(), WireSchemas.violations(with));
    assertEquals(
        workspace().workspaceId() + "/models/taxi-model-mlops-demo/versions/3",
        with.resource().body().at("/properties/inputs/champion/uri").asText());
    assertEquals("0.7", with.resource().body().at("/properties/inputs/r2_min/value").asText());
    assertFalse(with.hash().equals(plain.hash()));
    assertEquals(plain.hash(), file.translate(workspace()).hash());
  }

  @Test
  void the_schema_that_checks_all_this_does_find_what_is_wrong() {
    Resource right =
        AssetFile.read(
                AssetFileType.COMPUTE, Path.of("compute/computedev.yml"), FieldOverrides.none())
            .translate(workspace())
            .resource();
    ObjectNode properties = (ObjectNode) right.body().at("/properties/properties");
    properties.put("vmSise", "x").put("osType", "Lunix");
    assertFalse(WireSchemas.violations(new AssetRequests(List.of(), List.of(), right)).isEmpty());
  }

  private static FixedWorkspace workspace() {
    return new FixedWorkspace("ml-mlopsdemo-demo-01");
  }
}
