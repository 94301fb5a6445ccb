package mlops.emulator.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.login.directory.Directory;
import mlops.emulator.ml.MlCloud.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs and batch deployments that name assets of a registry. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RegistryReferencesTest {
  private static final String WS = MlCloud.WORKSPACE;
  private static final String ONE = RegistriesTest.ONE;
  private static final String SHARED = "azureml://registries/reg-one";
  private static final String READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
  private static final String CONTRIBUTOR = "b24988ac-6180-42a0-ab88-20f7382dd24c";
  private static final String JOB =
      "{'properties':{'jobType':'Command','computeId':'%s/computes/cluster','environmentId':'%s/environments/e/versions/1','codeId':'%s/codes/c/versions/1','command':'python tool.py ${{inputs.model}} ${{inputs.data}}','inputs':{'model':{'jobInputType':'custom_model','uri':'%s/models/taxi/versions/1'},'data':{'jobInputType':'uri_file','uri':'%s/data/rows/versions/1'}}}}"
          .formatted(WS, SHARED, SHARED, SHARED, SHARED);
  private static final String TOOL =
      """
      import pathlib, sys
      model = pathlib.Path(sys.argv[1]) / "file.txt"
      assert model.read_text() + pathlib.Path(sys.argv[2]).read_text() == "modelrows"
      """;
  private static final String SCORE =
      """
      import os, pathlib
      def init():
          global model
          [model] = pathlib.Path(os.environ["AZUREML_MODEL_DIR"]).rglob("file.txt")
      def run(mini_batch):
          return [model.read_text() for _ in mini_batch]
      """;

  @TempDir Path folder;
  private MlCloud ml;

  @BeforeEach
  void a_workspace_and_a_registry_with_assets() {
    ml = MlCloud.in(folder);
    ml.put(
        WS + "/computes/cluster",
        "{'location':'eastus2','properties':{'computeType':'AmlCompute','properties':{'vmSize':'Standard_DS3_v2','scaleSettings':{'maxNodeCount':2}}}}");
    ml.put(ONE, RegistriesTest.body(RegistriesTest.region("eastus2")));
    made(ONE + "/environments/e/versions/1", "{'image':'mcr.microsoft.com/azureml/base'}");
    made(
        ONE + "/models/taxi/versions/1",
        "{'modelUri':'%s'}".formatted(uploaded(ONE, "models/taxi", "model")));
    made(
        ONE + "/data/rows/versions/1",
        "{'dataType':'uri_file','dataUri':'%s/file.txt'}"
            .formatted(uploaded(ONE, "data/rows", "rows")));
    made(ONE + "/codes/c/versions/1", "{'codeUri':'%s'}".formatted(uploaded(ONE, "codes/c", TOOL)));
  }

  private void made(String id, String properties) {
    Answer made = ml.put(id, "{'properties':" + properties + "}");
    assertEquals(201, made.status(), () -> made.json().toString());
  }

  private String uploaded(String owner, String asset, String content) {
    return uploaded(ml, owner, asset, content);
  }

  /** Uploads a file for an asset: the address of its folder. */
  static String uploaded(MlCloud ml, String owner, String asset, String content) {
    Answer upload =
        ml.post(
            owner + "/" + asset + "/versions/1/startPendingUpload",
            "{'pendingUploadType':'TemporaryBlobReference'}");
    String file = content.contains("import") ? "tool.py" : "file.txt";
    new BlobContainerClientBuilder()
        .endpoint(upload.text("/blobReferenceForConsumption/credential/sasUri"))
        .httpClient(ml.cloud().http())
        .buildClient()
        .getBlobClient("folder/" + file)
        .upload(BinaryData.fromString(content));
    return upload.text("/blobReferenceForConsumption/blobUri") + "/folder";
  }

  private void assertCompleted(String job) {
    JsonNode ended = ml.await(WS + "/jobs/" + job);
    assertEquals("Completed", ended.at("/properties/status").asText(), () -> log(job));
  }

  private void tool() {
    made(
        ONE + "/components/tool/versions/1",
        "{'componentSpec':{'name':'tool','version':'1','type':'command','is_deterministic':true,'code':'%s/codes/c/versions/1','environment':'%s/environments/e/versions/1','command':'python tool.py ${{inputs.model}} ${{inputs.data}}','inputs':{'model':{'type':'custom_model'},'data':{'type':'uri_file'}}}}"
            .formatted(SHARED, SHARED));
  }

  @Test
  void a_pipeline_of_a_registry_is_deployed_and_invoked() {
    tool();
    made(
        ONE + "/components/whole/versions/1",
        "{'componentSpec':{'name':'whole','version':'1','type':'pipeline','inputs':{'model':{'type':'custom_model'},'data':{'type':'uri_file'}},'jobs':{'one':{'_source':'REMOTE.REGISTRY','componentId':'%s/components/tool/versions/1','inputs':{'model':'${{parent.inputs.model}}','data':'${{parent.inputs.data}}'}}}}}"
            .formatted(SHARED));
    String endpoint = WS + "/batchEndpoints/whole-batch";
    ml.put(endpoint, "{'location':'eastus2','properties':{'authMode':'aadToken'}}");
    made(
        endpoint + "/deployments/blue",
        "{'deploymentConfiguration':{'deploymentConfigurationType':'PipelineComponent','componentId':{'referenceType':'Id','assetId':'%s/components/whole/versions/1'},'settings':{'default_compute':'%s/computes/cluster'}}}"
            .formatted(SHARED, WS));

    Answer invoked =
        ml.send(
            "POST",
            "https://whole-batch.eastus2.inference.ml.azure.com/jobs",
            "{'properties':{'inputData':{'model':{'jobInputType':'CustomModel','uri':'%s/models/taxi/versions/1'},'data':{'jobInputType':'UriFile','uri':'%s/data/rows/versions/1'}}}}"
                .formatted(SHARED, SHARED),
            ml.cloud().azure().userToken("https://ml.azure.com"),
            Map.of("azureml-model-deployment", "blue"));

    assertEquals(201, invoked.status(), () -> invoked.json().toString());
    assertCompleted(invoked.text("/name"));
  }

  private String log(String job) {
    return ml.cloud()
        .azure()
        .blobs()
        .find("mlone", "azureml", "ExperimentRun/dcid." + job + "/user_logs/std_log.txt")
        .map(MlCloud::text)
        .orElse("no log");
  }

  @Test
  void a_command_and_a_pipeline_run_on_them() {
    Answer submitted = ml.put(WS + "/jobs/command", JOB);
    assertEquals(201, submitted.status(), () -> submitted.json().toString());
    tool();
    Answer pipeline =
        ml.put(
            WS + "/jobs/pipeline",
            "{'properties':{'jobType':'Pipeline','settings':{'default_compute':'%s/computes/cluster'},'jobs':{'one':{'componentId':'%s/components/tool/labels/latest','inputs':{'model':{'job_input_type':'custom_model','uri':'%s/models/taxi/versions/1'},'data':{'job_input_type':'uri_file','uri':'%s/data/rows/versions/1'}}}}}}"
                .formatted(WS, SHARED, SHARED, SHARED));
    assertEquals(201, pipeline.status(), () -> pipeline.json().toString());

    assertCompleted("command");
    assertCompleted("pipeline");
  }

  /** What MLflow asks for {@code models:/taxi/1}, where a job names the registry. */
  private static final String MLFLOW =
      """
      import json, os, urllib.request
      token = os.environ["MLFLOW_TRACKING_TOKEN"]
      def ask(url, body=None):
          request = urllib.request.Request(url, body, {"Authorization": "Bearer " + token})
          with urllib.request.urlopen(request) as answer:
              return answer.read().decode()
      registry = os.environ["MLFLOW_REGISTRY_URI"] + "/api/2.0/mlflow/"
      models = json.loads(ask(registry + "registered-models/search?filter=name%3D%27taxi%27"))
      assert [m["name"] for m in models["registered_models"]] == ["taxi"], models
      assert json.loads(ask(registry + "registered-models/get?name=taxi"))["registered_model"]["name"] == "taxi"
      for body in [None, b'{"name": "taxi"}']:
          latest = json.loads(ask(registry + "registered-models/get-latest-versions?name=taxi", body))
          assert latest["model_versions"][0]["version"] == "1", latest
      version = registry + "model-versions/get%s?name=taxi&version=1"
      source = json.loads(ask(version % ""))["model_version"]["source"]
      assert json.loads(ask(version % "-download-uri")) == {"artifact_uri": source}
      files = os.environ["MLFLOW_TRACKING_URI"] + "/api/2.0/mlflow-artifacts/artifacts"
      path = source.removeprefix("mlflow-artifacts:/")
      assert json.loads(ask(files + "?path=" + path))["files"][0]["path"] == "file.txt"
      assert ask(files + "/" + path + "/file.txt") == "model"
      """;

  @Test
  void a_job_reads_the_models_of_a_registry_by_mlflow() {
    made(
        ONE + "/codes/mlflow/versions/1",
        "{'codeUri':'%s'}".formatted(uploaded(ONE, "codes/mlflow", MLFLOW)));
    Answer submitted =
        ml.put(
            WS + "/jobs/mlflow",
            "{'properties':{'jobType':'Command','computeId':'%s/computes/cluster','environmentId':'%s/environments/e/versions/1','codeId':'%s/codes/mlflow/versions/1','command':'python tool.py','environmentVariables':{'MLFLOW_REGISTRY_URI':'%s'}}}"
                .formatted(WS, SHARED, SHARED, ml.get(ONE).text("/properties/mlFlowRegistryUri")));
    assertEquals(201, submitted.status(), () -> submitted.json().toString());
    assertCompleted("mlflow");
  }

  /** The same without a job; who may not read the registry reads no model either. */
  @ParameterizedTest
  @ValueSource(strings = {"mlflow", "preview/mlflow"}) // MLflow 1 asks the second
  void mlflow_tells_of_the_models_of_a_registry(String root) {
    String mlflow = MlCloud.API + "/mlflow/v2.0" + ONE + "/api/2.0/" + root + "/";
    String latest = mlflow + "registered-models/get-latest-versions";
    for (Answer answer :
        List.of(
            ml.get(latest + "?name=taxi"),
            ml.post(latest, "{'name':'taxi'}"),
            ml.get(mlflow + "registered-models/search"),
            ml.get(mlflow + "registered-models/get?name=taxi"),
            ml.get(mlflow + "model-versions/get?name=taxi&version=1"))) {
      assertEquals(200, answer.status(), () -> answer.json().toString());
      assertTrue(answer.json().toString().contains("registries/reg-one/models/taxi/versions/1"));
    }
    String address = mlflow + "model-versions/get-download-uri?name=taxi&version=";
    assertEquals(
        "mlflow-artifacts:/registries/reg-one/models/taxi/versions/1",
        ml.get(address + "1").text("/artifact_uri"));
    Answer none = ml.get(address + "9");
    assertEquals("RESOURCE_DOES_NOT_EXIST", none.text("/error_code"));
    assertEquals(401, ml.sendAsStranger("GET", address + "1", "").status());
  }

  @Test
  void a_batch_deployment_scores_with_a_shared_model() {
    ml.blob("in.csv");
    made(
        WS + "/codes/score/versions/1",
        "{'codeUri':'%s'}".formatted(uploaded(WS, "codes/score", SCORE)));
    String endpoint = WS + "/batchEndpoints/taxi-batch";
    ml.put(endpoint, "{'location':'eastus2','properties':{'authMode':'aadToken'}}");
    Answer deployed =
        ml.put(
            endpoint + "/deployments/blue",
            "{'location':'eastus2','properties':{'compute':'%s/computes/cluster','environmentId':'%s/environments/e/versions/1','codeConfiguration':{'codeId':'%s/codes/score/versions/1','scoringScript':'tool.py'},'model':{'referenceType':'Id','assetId':'%s/models/taxi/versions/1'}}}"
                .formatted(WS, SHARED, WS, SHARED));
    assertEquals(201, deployed.status(), () -> deployed.json().toString());

    String token = ml.cloud().azure().userToken("https://ml.azure.com");
    Answer invoked = invoke(token);

    assertEquals(201, invoked.status(), () -> invoked.json().toString());
    assertCompleted(invoked.text("/name"));
    String guid = ml.get(WS).text("/properties/workspaceId");
    String scores =
        ml.cloud()
            .azure()
            .blobs()
            .find("mlone", "azureml-blobstore-" + guid, "scores/predictions.csv")
            .map(MlCloud::text)
            .orElseThrow();
    assertTrue(scores.contains("model"), scores);
    Answer stranger = invoke(token(CONTRIBUTOR, WS, "https://ml.azure.com"));
    assertEquals(401, stranger.status(), "who invokes must read the registry, too");
  }

  private Answer invoke(String token) {
    return ml.send(
        "POST",
        "https://taxi-batch.eastus2.inference.ml.azure.com/jobs",
        "{'properties':{'inputData':{'a':{'uri':'azureml://datastores/workspaceblobstore/paths/in.csv','jobInputType':'UriFile'}},'outputDataset':{'datastoreId':'%s/datastores/workspaceblobstore','path':'scores'}}}"
            .formatted(WS),
        token,
        Map.of("azureml-model-deployment", "blue"));
  }

  /** A token of a new identity with this role. */
  private String token(String role, String scope, String audience) {
    Directory directory = new Directory(ml.cloud().azure().state());
    String principal = directory.managedIdentity("id", "/id").objectId();
    grant(principal, role, scope);
    return ml.cloud().tokenOf(principal, audience);
  }

  private void grant(String principal, String role, String scope) {
    Answer given =
        ml.put(
            scope + "/providers/Microsoft.Authorization/roleAssignments/" + UUID.randomUUID(),
            "{'properties':{'roleDefinitionId':'%s/providers/Microsoft.Authorization/roleDefinitions/%s','principalId':'%s','principalType':'ServicePrincipal'}}"
                .formatted(EmbeddedCloud.SUBSCRIPTION, role, principal));
    assertEquals(201, given.status(), () -> given.json().toString());
  }

  @Test
  void who_submits_must_read_the_registry() {
    String token = token(CONTRIBUTOR, WS, EmbeddedCloud.ARM);

    Answer refused = ml.send("PUT", WS + "/jobs/one", JOB, token, Map.of());

    assertEquals(401, refused.status());
    assertEquals(
        "User/tenant/subscription is not allowed to access registry reg-one",
        refused.text("/error/message"));
    assertEquals(404, ml.get(WS + "/jobs/one").status());
    token(READER, ONE, EmbeddedCloud.ARM);
    assertEquals(201, ml.send("PUT", WS + "/jobs/one", JOB, token, Map.of()).status());
    assertCompleted("one");
  }

  @Test
  void what_is_not_there_or_elsewhere_is_refused() {
    Answer missing = ml.put(WS + "/jobs/one", JOB.replace("taxi/versions/1", "taxi/versions/9"));
    assertEquals(404, missing.status());
    assertEquals(
        "Could not find asset with ID: " + SHARED + "/models/taxi/versions/9",
        missing.text("/error/message"));
    Answer unknown = ml.put(WS + "/jobs/one", JOB.replace("reg-one", "reg-none"));
    assertEquals(401, unknown.status());
    String far = RegistriesTest.body(RegistriesTest.region("westus")).replace("eastus2", "westus");
    assertEquals(202, ml.put(RegistriesTest.ALL + "/reg-far", far).status());
    Answer elsewhere = ml.put(WS + "/jobs/one", JOB.replace("reg-one", "reg-far"));
    assertEquals(400, elsewhere.status());
    assertTrue(
        elsewhere
            .text("/error/message")
            .startsWith("Workspace region eastus2 not supported by the registry reg-far"));
  }
}
