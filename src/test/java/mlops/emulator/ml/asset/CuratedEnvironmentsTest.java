package mlops.emulator.ml.asset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Curated environments are known under each name that files have for them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CuratedEnvironmentsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "azureml:AzureML-sklearn-1.0-ubuntu20.04-py38-cpu@latest; python=3.8",
        "azureml:AzureML-sklearn-1.0-ubuntu20.04-py38-cpu:25; python=3.8",
        "AzureML-sklearn-0.24-ubuntu18.04-py37-cpu; python=3.7",
        "azureml://registries/azureml/environments/sklearn-1.5/labels/latest; python=3.10",
        "azureml://registries/azureml/environments/AzureML-lightgbm-3.3/versions/7; python=3.10",
        "azureml:/subscriptions/s/x/workspaces/w/environments/AzureML-sklearn-1.1/versions/2; python=3.9",
        "azureml://registries/azureml/environments/responsibleai-ubuntu20.04-py38-cpu/labels/latest; python=3.8",
        "azureml://registries/azureml/environments/mlflow-py312-inference/versions/2; python=3.12",
        "azureml:AzureML-minimal-ubuntu22.04-py39-cpu-inference@latest; python=3.9",
        "azureml:AzureML-minimal-ubuntu22.04-py39-cuda11.8-gpu-inference@latest; ''",
        "azureml://registries/azureml/environments/sklearn-1.55/labels/latest; ''",
        "azureml://registries/other/environments/sklearn-1.5/labels/latest; ''",
        "azureml:sklearn-1.5:1; ''",
        "/subscriptions/s/x/workspaces/w/environments/sklearn-1.5/versions/2; ''"
      })
  void a_reference_means_packages_or_nothing(String reference, String python) {
    Optional<ObjectNode> found = CuratedEnvironments.find(AssetType.ENVIRONMENTS, reference);
    String conda = found.map(f -> f.at("/properties/condaFile").asText()).orElse("");
    assertEquals(python, conda.replaceFirst(".*?(python=[\\d.]+).*", "$1"));
    assertEquals(Optional.empty(), CuratedEnvironments.find(AssetType.DATA, reference));
  }

  @Test
  void mlflow_in_them_is_one_that_saves_models_of_scikit_learn_by_itself() {
    String conda =
        CuratedEnvironments.find(AssetType.ENVIRONMENTS, "azureml:AzureML-sklearn-1.5@latest")
            .map(found -> found.at("/properties/condaFile").asText())
            .orElse("");
    assertTrue(conda.contains("mlflow-skinny<3"), conda);
  }
}
