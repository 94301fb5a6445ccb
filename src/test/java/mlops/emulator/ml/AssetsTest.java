package mlops.emulator.ml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.http.Caller;
import mlops.emulator.ml.MlCloud.Answer;
import mlops.emulator.ml.asset.OutputRegistration;
import mlops.emulator.state.StateTree;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Environments, data, codes, components and models, by the requests that clients send. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AssetsTest {
  private static final String WS = MlCloud.WORKSPACE;
  private static final String MODEL = WS + "/models/taxi-model";

  @TempDir Path folder;

  private static String model(String path) {
    return "{'properties':{'modelType':'custom_model','modelUri':'azureml://datastores/workspaceblobstore/paths/%s','tags':{'gate':'passed'}}}"
        .formatted(path);
  }

  @Test
  void versions_count_up_and_the_newest_is_found_first() {
    MlCloud ml = MlCloud.in(folder);
    List.of("a/model.pkl", "b").forEach(ml::blob);
    assertEquals(404, ml.get(MODEL).status());
    assertEquals(404, ml.get(MODEL + "/versions").status());
    Answer made = ml.put(MODEL + "/versions/1", model("a"));
    assertEquals(201, made.status());
    assertTrue(made.header("Location").contains("/versions/1?api-version="));
    assertEquals(200, ml.put(MODEL + "/versions/1", model("a")).status());
    assertEquals(201, ml.put(MODEL + "/versions/2", model("b")).status());
    JsonNode container = ml.get(MODEL).json();
    assertEquals("2", container.at("/properties/latestVersion").asText());
    assertEquals("3", container.at("/properties/nextVersion").asText());
    JsonNode newest = ml.get(MODEL + "/versions?$orderBy=createdtime desc&$top=1").json();
    assertEquals(1, newest.path("value").size());
    assertEquals("2", newest.at("/value/0/name").asText());
    String id = MODEL + "/versions/1";
    JsonNode resolved =
        ml.post(
                MlCloud.API + "/modelregistry/v1.0" + WS + "/models/batchGetResolvedUris",
                "{'values':['%s']}".formatted(id))
            .json();
    assertTrue(
        resolved.path("values").path(id).path("uri").asText().endsWith("/paths/a"),
        resolved::toString);
    assertEquals(2, ml.get(MODEL + "/versions?tags=gate=passed").json().path("value").size());
    assertEquals(0, ml.get(MODEL + "/versions?tags=gate=no").json().path("value").size());
    assertEquals(200, ml.delete(MODEL + "/versions/2").status());
    assertEquals(204, ml.delete(MODEL + "/versions/2").status());
    ml.assertAsDocumented();
  }

  @Test
  void a_model_has_flavors_and_a_whole_address() {
    MlCloud ml = MlCloud.in(folder);
    ml.blob("a/model.pkl");
    JsonNode properties = ml.put(MODEL + "/versions/1", model("a")).json().path("properties");
    assertTrue(properties.path("flavors").isObject());
    assertEquals(
        "azureml://subscriptions/00000000-0000-0000-0000-000000000000/resourcegroups/rg-ml/workspaces/ml-one/datastores/workspaceblobstore/paths/a",
        properties.path("modelUri").asText());
    Answer moved = ml.put(MODEL + "/versions/1", model("elsewhere"));
    assertEquals(400, moved.status());
    assertEquals("Asset paths cannot be updated.", moved.json().at("/error/message").asText());
  }

  @Test
  void an_archived_version_is_listed_only_when_asked_for() {
    MlCloud ml = MlCloud.in(folder);
    String version = WS + "/data/taxi/versions/1";
    String body =
        "{'properties':{'dataType':'uri_file','dataUri':'azureml://datastores/workspaceblobstore/paths/x.csv','isArchived':%s}}";
    assertEquals(201, ml.put(version, body.formatted("false")).status());
    assertEquals(200, ml.put(version, body.formatted("true")).status());
    String versions = WS + "/data/taxi/versions";
    assertEquals(0, ml.get(versions).json().path("value").size());
    assertEquals(1, ml.get(versions + "?listViewType=ArchivedOnly").json().path("value").size());
    assertEquals(1, ml.get(versions + "?listViewType=All").json().path("value").size());
    String container = WS + "/data/taxi";
    assertEquals(
        200,
        ml.put(container, "{'properties':{'dataType':'uri_file','isArchived':true}}").status());
    assertEquals(0, ml.get(WS + "/data").json().path("value").size());
    assertEquals(
        400, ml.put(WS + "/data/taxi/versions/2", body.replace("uri_file", "csv")).status());
    ml.assertAsDocumented();
  }

  @Test
  void a_component_keeps_what_it_does_and_may_change_its_words() {
    MlCloud ml = MlCloud.in(folder);
    String version = WS + "/components/prep/versions/1";
    String body =
        "{'properties':{'description':'%s','componentSpec':{'type':'command','name':'prep','version':'1','command':'%s','environment':'e'}}}";
    assertEquals(201, ml.put(version, body.formatted("one", "echo")).status());
    assertEquals(200, ml.put(version, body.formatted("two", "echo")).status());
    String read =
        body.replace("'type':", "'creation_context':{'created_by':'me'},'id':'azureml:x','type':");
    assertEquals(200, ml.put(version, read.formatted("two", "echo")).status());
    Answer changed = ml.put(version, body.formatted("two", "ls"));
    assertEquals(400, changed.status());
    assertEquals(
        "Failed to update component prep since field \"command\" is immutable, try specifying a new version.",
        changed.json().at("/error/message").asText());
    assertEquals(
        "Not found component none.",
        ml.get(WS + "/components/none").json().at("/error/message").asText());
    ml.assertAsDocumented();
  }

  @Test
  void a_component_says_its_name_and_version_also_where_its_file_does_not() {
    MlCloud ml = MlCloud.in(folder);
    String body = "{'properties':{'componentSpec':{'type':'command','command':'true'}}}";
    Answer made = ml.put(WS + "/components/bare/versions/7", body);
    assertEquals("bare", made.text("/properties/componentSpec/name"));
    assertEquals("7", made.text("/properties/componentSpec/version"));
    assertEquals(200, ml.put(WS + "/components/bare/versions/7", body).status());
  }

  @Test
  void an_environment_needs_an_image_or_a_build_and_never_changes() {
    MlCloud ml = MlCloud.in(folder);
    String version = WS + "/environments/train/versions/1";
    assertEquals(400, ml.put(version, "{'properties':{'condaFile':'x'}}").status());
    Answer made = ml.put(version, "{'properties':{'image':'ubuntu','condaFile':'x'}}");
    assertEquals("UserCreated", made.json().at("/properties/environmentType").asText());
    assertEquals(
        409,
        ml.put(version, "{'properties':{'image':'ubuntu','condaFile':'y'}}").status(),
        "by which azure-ai-ml knows that it has to make the next version");
    assertEquals(
        "No environment exists for name: none, version: , label: ",
        ml.get(WS + "/environments/none").json().at("/error/message").asText());
    ml.assertAsDocumented();
  }

  @Test
  void code_is_uploaded_by_a_signature_and_found_again_by_its_hash() {
    MlCloud ml = MlCloud.in(folder);
    String version = WS + "/codes/one/versions/1";
    Answer pending =
        ml.post(version + "/startPendingUpload", "{'pendingUploadType':'TemporaryBlobReference'}");
    assertEquals(200, pending.status());
    JsonNode reference = pending.json().path("blobReferenceForConsumption");
    assertTrue(reference.at("/credential/sasUri").asText().contains("sig="));
    assertFalse(reference.path("blobUri").asText().contains("?"));
    String body =
        "{'properties':{'codeUri':'%s/code','properties':{'hash_sha256':'abc','hash_version':'202208'}}}"
            .formatted(reference.path("blobUri").asText());
    assertEquals(201, ml.put(version, body).status());
    String search = WS + "/codes/other/versions?hash=%s&hashVersion=202208";
    assertEquals(1, ml.get(search.formatted("abc")).json().path("value").size());
    assertEquals(0, ml.get(search.formatted("xyz")).json().path("value").size());
    String region = MlCloud.API + "/mferp/managementfrontend" + search.formatted("abc");
    assertEquals(1, ml.get(region + "&api-version=2023-04-01").json().path("value").size());
    ml.assertAsDocumented();
  }

  @Test
  void long_lists_come_in_pages() {
    MlCloud ml = MlCloud.in(folder);
    for (int i = 1; i <= 5; i++) {
      ml.blob("a" + i);
      ml.put(MODEL + "/versions/" + i, model("a" + i));
    }
    JsonNode first = ml.get(MODEL + "/versions?count=2").json();
    assertEquals(2, first.path("value").size());
    String next = first.path("nextLink").asText().replaceAll("[?&]api-version=[^&]*", "");
    JsonNode second = ml.get(next.replaceFirst("versions&", "versions?")).json();
    assertEquals("3", second.at("/value/0/name").asText());
  }

  @Test
  void what_jobs_make_is_registered_under_the_next_version() {
    MlCloud ml = MlCloud.in(folder);
    StateTree state = ml.cloud().azure().state();
    ArmResources arm = new ArmResources(state, Clock.systemUTC());
    OutputRegistration models = new OutputRegistration(arm, ml.cloud().azure().blobs());
    Caller caller = new Caller("o", "a", Caller.USER, "");
    String uri = "azureml://datastores/workspaceblobstore/paths/azureml/job/model/";
    ml.blob("azureml/job/model/model.pkl");
    for (String version : List.of("1", "2")) {
      String id =
          models.register(WS, "taxi-model", "custom_model", Optional.empty(), uri, "job", caller);
      assertEquals(MODEL + "/versions/" + version, id);
    }
    assertEquals("job", ml.get(MODEL + "/versions/2").text("/properties/jobName"));
    models.register(WS, "taxi-data", "uri_folder", Optional.of("7"), uri, "job", caller);
    assertEquals(200, ml.get(WS + "/data/taxi-data/versions/7").status());
    ml.assertAsDocumented();
  }

  @Test
  void an_mlflow_model_shows_the_flavors_of_its_file() {
    MlCloud ml = MlCloud.in(folder);
    String container =
        ml.get(WS + "/datastores/workspaceblobstore").text("/properties/containerName");
    byte[] mlmodel = "flavors:\n  sklearn: {pickled_model: model.pkl}\n".getBytes(UTF_8);
    ml.cloud().azure().blobs().put("mlone", container, "m/MLmodel", mlmodel, "text/plain");
    String body = model("m").replace("custom_model", "mlflow_model");
    assertEquals(
        "model.pkl",
        ml.put(MODEL + "/versions/1", body).text("/properties/flavors/sklearn/data/pickled_model"));
  }

  @ParameterizedTest
  @CsvSource({
    "azureml://datastores/workspaceblobstore/paths/azureml/no-such-run/model/,400",
    "azureml://datastores/workspaceblobstore/paths/mod,400",
    "azureml://datastores/workspacefilestore/paths/m,400",
    "azureml://datastores/nobody/paths/m,400",
    "azureml://jobs/nobody/outputs/model/paths/m,404",
    "azureml://jobs/nobody/outputs/artifacts/paths/m,400",
    "runs:/nobody/model,400",
    "https://mlone.blob.core.windows.net/azureml/m,400",
    "https://nobody.blob.core.windows.net/c/m,400",
    "m,400",
  })
  void a_model_of_nothing_is_refused_and_nothing_is_left_behind(String uri, int status) {
    MlCloud ml = MlCloud.in(folder);
    ml.blob("models/taxi/model.pkl");
    String body = "{'properties':{'modelUri':'%s'}}".formatted(uri);
    Answer refused = ml.put(MODEL + "/versions/1", body);
    assertEquals(status, refused.status(), () -> refused.json().toString());
    assertEquals("UserError", refused.code());
    if (status == 400) {
      assertEquals("ModelAssetPathNotFoundInStorage", refused.text("/error/details/0/code"), uri);
    }
    assertEquals(404, ml.get(MODEL).status());
    assertEquals(201, ml.put(MODEL + "/versions/1", model("models/taxi")).status());
    ml.cloud().azure().blobs().delete("mlone", container(ml), "models/taxi/model.pkl");
    assertEquals(200, ml.put(MODEL + "/versions/1", model("models/taxi")).status());
  }

  private static String container(MlCloud ml) {
    return ml.get(WS + "/datastores/workspaceblobstore").text("/properties/containerName");
  }

  @Test
  void strangers_and_wrong_names_are_refused() {
    MlCloud ml = MlCloud.in(folder);
    assertEquals(403, ml.sendAsStranger("GET", MODEL + "/versions/1", "").status());
    assertEquals(400, ml.put(WS + "/models/a b/versions/1", model("a")).status());
  }
}
