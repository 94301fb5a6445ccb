package mlops.emulator.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import mlops.emulator.ml.MlCloud.Answer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every workspace of Azure has without anybody making it: there, or refused by name. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CuratedAssetsTest {
  private static final String WS = MlCloud.WORKSPACE;

  @TempDir Path folder;

  private static String component(String environment) {
    return "{'properties':{'componentSpec':{'type':'command','name':'prep','command':'true','environment':'%s'}}}"
        .formatted(environment);
  }

  private static String pipeline(String component) {
    return "{'properties':{'jobType':'Pipeline','jobs':{'a':{'type':'command','componentId':'%s'}}}}"
        .formatted(component);
  }

  private static void assertNotBuilt(Answer answer, String name) {
    assertEquals(501, answer.status(), () -> answer.json().toString());
    String message = answer.text("/error/message");
    assertTrue(message.contains("'" + name + "'"), message);
    assertTrue(message.contains("of your own") || message.contains("a copy"), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "azureml:AzureML-xgboost-0.9-ubuntu18.04-py37-cpu@latest",
        "azureml:AzureML-ACPT-pytorch-1.13-py38-cuda11.7-gpu:10",
        "azureml:azureml-minimal:1",
        MlCloud.WORKSPACE + "/environments/AzureML-lightgbm-2.2/versions/12",
      })
  void a_job_in_a_curated_environment_is_refused_when_it_is_made(String environment) {
    MlCloud ml = MlCloud.in(folder);
    String name = environment.replaceFirst(".*?(?i:(azureml-[^/:@]+)).*", "$1");
    assertNotBuilt(
        ml.put(
            WS + "/jobs/one",
            "{'properties':{'jobType':'Command','command':'true','environmentId':'%s'}}"
                .formatted(environment)),
        name);
    assertEquals(404, ml.get(WS + "/jobs/one").status());
    ml.put(WS + "/components/prep/versions/1", component(environment));
    assertNotBuilt(ml.put(WS + "/jobs/two", pipeline(WS + "/components/prep/versions/1")), name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "azureml://registries/azureml/environments/sklearn-1.55/labels/latest",
        "AzureML://Registries/azureml-meta/environments/sklearn-1.5/versions/5",
      })
  void an_environment_of_microsofts_registry_is_refused_wherever_it_is_named(String environment) {
    MlCloud ml = MlCloud.in(folder);
    assertNotBuilt(
        ml.put(
            WS + "/jobs/one",
            "{'properties':{'jobType':'Command','command':'true','environmentId':'%s'}}"
                .formatted(environment)),
        environment);
    ml.put(WS + "/components/prep/versions/1", component(environment));
    ml.put(
        WS + "/components/whole/versions/1",
        "{'properties':{'componentSpec':{'type':'pipeline','name':'whole','jobs':{'p':{'component':'azureml:prep:1'}}}}}");
    assertNotBuilt(ml.put(WS + "/jobs/two", pipeline("azureml:whole:1")), environment);
  }

  @ParameterizedTest
  @CsvSource({
    "components, azureml://registries/azureml/components/microsoft_azureml_train/versions/0.1",
    "data, azureml://registries/azureml/data/taxi/versions/1",
    "models, azureml://registries/HuggingFace/models/bert/versions/3",
  })
  void other_assets_of_microsofts_registries_are_refused_by_name(String kind, String reference) {
    MlCloud ml = MlCloud.in(folder);
    String input = kind.equals("models") ? "custom_model" : "uri_file";
    Answer refused =
        kind.equals("components")
            ? ml.put(WS + "/jobs/one", pipeline(reference))
            : ml.put(
                WS + "/jobs/one",
                "{'properties':{'jobType':'Command','command':'true','environmentId':'azureml:e:1','inputs':{'a':{'jobInputType':'%s','uri':'%s'}}}}"
                    .formatted(input, reference));
    assertNotBuilt(refused, reference);
  }

  @Test
  void names_of_curated_environments_are_kept_for_microsoft() {
    MlCloud ml = MlCloud.in(folder);
    String body = "{'properties':{'image':'ubuntu'}}";
    Answer refused = ml.put(WS + "/environments/AzureML-mine/versions/1", body);
    assertEquals(400, refused.status());
    assertEquals("UserError", refused.code());
    assertEquals(400, ml.put(WS + "/environments/azuremlx", "{'properties':{}}").status());
    assertEquals(201, ml.put(WS + "/environments/my-AzureML/versions/1", body).status());
    String unknown = WS + "/environments/AzureML-sklearn-0.1";
    assertNotBuilt(ml.get(unknown + "/versions"), "AzureML-sklearn-0.1");
    assertNotBuilt(ml.get(unknown + "/versions/5"), "AzureML-sklearn-0.1");
  }

  @Test
  void environments_whose_packages_are_public_are_in_every_workspace() {
    MlCloud ml = MlCloud.in(folder);
    String sklearn = WS + "/environments/AzureML-sklearn-1.0-ubuntu20.04-py38-cpu";
    Answer listed = ml.get(sklearn + "/versions");
    assertEquals(sklearn + "/versions/1", listed.text("/value/0/id"));
    Answer numbered = ml.get(sklearn + "/versions/25");
    assertEquals("25", numbered.text("/name"));
    assertEquals("Curated", numbered.text("/properties/environmentType"));
    String conda = numbered.text("/properties/condaFile");
    assertTrue(conda.contains("python=3.8"), conda); // by its name
    assertTrue(conda.contains("scikit-learn~=1.0.0") && conda.contains("azureml-mlflow"), conda);
  }

  /** azure-ai-ml asks for {@code azureml_default} where a component is named without a version. */
  @Test
  void a_component_without_a_version_is_the_newest_one() {
    MlCloud ml = MlCloud.in(folder);
    String prep = WS + "/components/prep";
    assertEquals(404, ml.get(prep + "/versions/azureml_default").status());
    ml.put(prep + "/versions/1", component("e"));
    ml.put(prep + "/versions/0.9.2", component("f"));
    Answer newest = ml.get(prep + "/versions/azureml_default");
    assertEquals("0.9.2", newest.text("/name"));
    assertEquals(prep + "/versions/0.9.2", newest.text("/id"));
    for (String reference :
        new String[] {
          prep + "/versions/azureml_default",
          prep + "/labels/default",
          "azureml:" + prep + "/labels/latest",
          "azureml:prep@default",
          "azureml:prep@latest",
        }) {
      String job = WS + "/jobs/" + Integer.toHexString(reference.hashCode());
      Answer made = ml.put(job, pipeline(reference));
      assertEquals(201, made.status(), () -> reference + made.json());
      ml.await(job);
    }
    Answer none = ml.put(WS + "/jobs/none", pipeline(WS + "/components/none/labels/latest"));
    assertEquals(404, none.status());
  }
}
