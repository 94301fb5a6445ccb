package mlops.emulator.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import mlops.emulator.ml.MlCloud.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MLflow's registry of models, which is that of the workspace, by the requests of its clients. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MlflowRegistryTest {
  private static final String API = MlCloud.API + "/mlflow/v2.0" + MlCloud.WORKSPACE + "/api/2.0/";
  private static final String TAXI = "{'name':'taxi'}";
  private static final String FIRST = "{'name':'taxi','version':'1'}";

  @TempDir Path folder;
  private MlCloud ml;
  private String run;

  @BeforeEach
  void log_a_model() {
    ml = MlCloud.in(folder);
    String experiment =
        ok(ml.post(API + "mlflow/experiments/create", "{'name':'e'}"))
            .path("experiment_id")
            .asText();
    String body = "{'experiment_id':'%s'}".formatted(experiment);
    run = ok(ml.post(API + "mlflow/runs/create", body)).at("/run/info/run_id").asText();
    ok(ml.put(API + "mlflow-artifacts/artifacts/" + files() + "/MLmodel", "{'flavors':{}}"));
  }

  private String files() {
    return "ExperimentRun/dcid." + run + "/model";
  }

  private static JsonNode ok(Answer answer) {
    assertEquals(200, answer.status(), () -> answer.json().toString());
    return answer.json();
  }

  private JsonNode version(String prefix, String source) {
    String body = "{'name':'taxi','source':'%s','run_id':'%s'}".formatted(source, run);
    return ok(ml.post(API + prefix + "/model-versions/create", body)).path("model_version");
  }

  /** mlflow 1 asks below {@code preview}, newer ones do not. */
  @ParameterizedTest
  @ValueSource(strings = {"mlflow", "preview/mlflow"})
  void a_model_of_mlflow_is_a_model_of_the_workspace(String prefix) {
    String models = API + prefix + "/registered-models/";
    String versions = API + prefix + "/model-versions/";
    ok(ml.post(models + "create", "{'name':'taxi','description':'d','tags':[]}"));
    Answer again = ml.post(models + "create", TAXI);
    assertEquals(400, again.status());
    assertEquals("RESOURCE_ALREADY_EXISTS", again.json().path("error_code").asText());
    JsonNode first = version(prefix, "mlflow-artifacts:/" + files());
    assertEquals("READY", first.path("status").asText());
    JsonNode asset = ml.get(MlCloud.WORKSPACE + "/models/taxi/versions/1").json();
    assertEquals("mlflow_model", asset.at("/properties/modelType").asText());
    assertEquals(run, asset.at("/properties/jobName").asText());
    assertTrue(asset.at("/properties/modelUri").asText().endsWith("/paths/" + files()));

    ok(ml.patch(versions + "update", "{'name':'taxi','version':'1','description':'w'}"));
    ok(ml.post(versions + "set-tag", "{'name':'taxi','version':'1','key':'a','value':'b'}"));
    JsonNode got = ok(ml.get(versions + "get?name=taxi&version=1")).path("model_version");
    assertEquals("w", got.path("description").asText());
    assertEquals("b", got.at("/tags/0/value").asText());
    ok(ml.send("DELETE", versions + "delete-tag", "{'name':'taxi','version':'1','key':'a'}"));
    String uri = ok(ml.get(versions + "get-download-uri?name=taxi&version=1")).toString();
    assertTrue(uri.contains("mlflow-artifacts:/" + files()), uri);
    assertEquals(
        1, ok(ml.get(versions + "search?filter=name='taxi'")).path("model_versions").size());
    assertEquals(
        0, ok(ml.get(versions + "search?filter=name='none'")).path("model_versions").size());

    ok(ml.post(models + "set-tag", "{'name':'taxi','key':'a','value':'b'}"));
    ok(ml.send("DELETE", models + "delete-tag", "{'name':'taxi','key':'a'}"));
    ok(ml.patch(models + "update", "{'name':'taxi','description':'words'}"));
    JsonNode model = ok(ml.get(models + "get?name=taxi")).path("registered_model");
    assertEquals("words", model.path("description").asText());
    assertEquals("1", model.at("/latest_versions/0/version").asText());
    assertEquals(0, model.path("tags").size());
    assertEquals(1, ok(ml.get(models + "list")).path("registered_models").size());
    String noPrompts = models + "search?filter=tags.`mlflow.prompt.is_prompt` != 'true'";
    assertEquals(1, ok(ml.get(noPrompts)).path("registered_models").size());
    assertEquals(501, ml.post(models + "rename", "{'name':'taxi','new_name':'x'}").status());
    ok(ml.send("DELETE", versions + "delete", FIRST));
    assertEquals(404, ml.get(versions + "get?name=taxi&version=1").status());
    ok(ml.send("DELETE", models + "delete", TAXI));
    assertEquals(404, ml.get(MlCloud.WORKSPACE + "/models/taxi").status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlflow", "preview/mlflow"})
  void stages_and_aliases_lead_to_versions(String prefix) {
    String models = API + prefix + "/registered-models/";
    ok(ml.post(models + "create", TAXI));
    version(prefix, "runs:/" + run + "/model");
    version(prefix, "models:/taxi/1");
    String stage =
        "{'name':'taxi','version':'%s','stage':'Production','archive_existing_versions':true}";
    for (String number : new String[] {"1", "2"}) {
      ok(ml.post(API + prefix + "/model-versions/transition-stage", stage.formatted(number)));
    }
    String latest = models + "get-latest-versions";
    JsonNode production =
        ok(ml.post(latest, "{'name':'taxi','stages':['Production']}")).path("model_versions");
    assertEquals("2", production.at("/0/version").asText());
    assertEquals(1, production.size());
    assertEquals(2, ok(ml.get(latest + "?name=taxi")).path("model_versions").size());
    assertEquals(
        400,
        ml.post(
                API + prefix + "/model-versions/transition-stage",
                stage.replace("Production", "x").formatted("1"))
            .status());

    ok(ml.post(models + "alias", "{'name':'taxi','alias':'champion','version':'1'}"));
    JsonNode champion = ok(ml.get(models + "alias?name=taxi&alias=champion"));
    assertEquals("1", champion.at("/model_version/version").asText());
    assertEquals("champion", champion.at("/model_version/aliases/0").asText());
    ok(ml.send("DELETE", models + "alias", "{'name':'taxi','alias':'champion'}"));
    assertEquals(400, ml.get(models + "alias?name=taxi&alias=champion").status());
    assertEquals(
        404, ml.post(models + "alias", "{'name':'taxi','alias':'x','version':'9'}").status());
  }

  @Test
  void a_source_lies_in_the_workspace_and_has_files() {
    ok(ml.post(API + "mlflow/registered-models/create", TAXI));
    String create = API + "mlflow/model-versions/create";
    for (String source :
        new String[] {"file:///etc", "https://elsewhere.example/m", "mlflow-artifacts:/none/x"}) {
      Answer refused = ml.post(create, "{'name':'taxi','source':'%s'}".formatted(source));
      assertEquals(400, refused.status(), source);
    }
    ml.blob("elsewhere/MLmodel");
    String address = "azureml://datastores/workspaceblobstore/paths/elsewhere";
    String uri = version("mlflow", address).path("source").asText();
    assertEquals("mlflow-artifacts:/datastores/workspaceblobstore/paths/elsewhere", uri);
    String path = uri.substring("mlflow-artifacts:/".length());
    assertEquals(200, ml.get(API + "mlflow-artifacts/artifacts/" + path + "/MLmodel").status());
    assertEquals(400, ml.put(API + "mlflow-artifacts/artifacts/" + path + "/new", "{}").status());
  }

  @Test
  void a_logged_model_lies_with_its_run_and_is_found_by_it() {
    String experiment =
        ok(ml.get(API + "mlflow/experiments/get-by-name?experiment_name=e"))
            .at("/experiment/experiment_id")
            .asText();
    String all = API + "mlflow/logged-models";
    String body =
        "{'experiment_id':'%s','name':'logged','source_run_id':'%s','params':[{'key':'p','value':'1'}]}"
            .formatted(experiment, run);
    JsonNode info = ok(ml.post(all, body)).at("/model/info");
    String one = all + "/" + info.path("model_id").asText();
    assertEquals(
        "mlflow-artifacts:/ExperimentRun/dcid." + run + "/logged",
        info.path("artifact_uri").asText());
    assertTrue(
        !ok(ml.post(all, body)).at("/model/info/artifact_uri").equals(info.path("artifact_uri")));
    ok(ml.patch(one, "{'status':'LOGGED_MODEL_READY'}"));
    assertEquals(400, ml.patch(one, "{'status':'DONE'}").status());
    ok(ml.post(one + "/params", "{'params':[{'key':'q','value':'2'}]}"));
    ok(ml.patch(one + "/tags", "{'tags':[{'key':'t','value':'u'},{'key':'x','value':'y'}]}"));
    ok(ml.delete(one + "/tags/x"));
    String metric =
        "{'run_id':'%s','metrics':[{'key':'r2','value':0.5,'model_id':'%s'}]}"
            .formatted(run, info.path("model_id").asText());
    ok(ml.post(API + "mlflow/runs/log-batch", metric));
    ok(ml.post(API + "preview/mlflow/runs/log-batch-async", metric));
    JsonNode model = ok(ml.get(one)).path("model");
    assertEquals("LOGGED_MODEL_READY", model.at("/info/status").asText());
    assertEquals(2, model.at("/data/params").size());
    assertEquals(0.5, model.at("/data/metrics/0/value").asDouble());
    String search =
        "{\"experiment_ids\":[\"%s\"],\"filter\":\"name = 'logged' and metrics.r2 > 0.4\"}";
    JsonNode found = ok(ml.sendAsIs("POST", all + "/search", search.formatted(experiment)));
    assertEquals(1, found.path("models").size(), found::toString);
    ok(ml.delete(one));
    assertEquals(404, ml.get(one).status());
  }

  @Test
  void a_run_tells_of_its_models_and_datasets() {
    String id = "'run_id':'" + run + "'";
    ok(ml.post(API + "mlflow/runs/log-model", "{" + id + ",'model_json':'{}'}"));
    assertEquals(
        400, ml.post(API + "mlflow/runs/log-model", "{" + id + ",'model_json':'no'}").status());
    ok(
        ml.post(
            API + "mlflow/runs/log-inputs", "{" + id + ",'datasets':[{'dataset':{'name':'d'}}]}"));
    ok(ml.post(API + "mlflow/runs/outputs", "{" + id + ",'models':[{'model_id':'m-1','step':0}]}"));
    JsonNode read = ok(ml.get(API + "mlflow/runs/get?run_id=" + run)).path("run");
    assertEquals("d", read.at("/inputs/dataset_inputs/0/dataset/name").asText());
    assertEquals("m-1", read.at("/outputs/model_outputs/0/model_id").asText());
    assertTrue(read.at("/data/tags").toString().contains("log-model.history"));
    assertEquals(404, ml.post(API + "mlflow/runs/outputs", "{'run_id':'none'}").status());
  }
}
