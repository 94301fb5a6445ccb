package mlops.emulator.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobClientBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import mlops.emulator.ml.MlCloud.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code Run.get_context()} of azureml-core, by the requests that its versions 1.38 and 1.61 send.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SdkRunTest {
  private static final String HISTORY = MlCloud.API + "/history/v1.0" + MlCloud.WORKSPACE;
  private static final String MODELS = MlCloud.API + "/modelmanagement/v1.0" + MlCloud.WORKSPACE;
  private static final String ARTIFACTS =
      MlCloud.API + "/artifact/v2.0" + MlCloud.WORKSPACE + "/artifacts";
  private static final String MLFLOW =
      MlCloud.API + "/mlflow/v2.0" + MlCloud.WORKSPACE + "/api/2.0/";

  @TempDir Path folder;
  private MlCloud ml;
  private String experiment;
  private String run;

  @BeforeEach
  void start_a_run() {
    ml = MlCloud.in(folder);
    experiment =
        ok(ml.post(MLFLOW + "mlflow/experiments/create", "{'name':'e'}"))
            .path("experiment_id")
            .asText();
    String body = "{'experiment_id':'%s'}".formatted(experiment);
    run = ok(ml.post(MLFLOW + "mlflow/runs/create", body)).at("/run/info/run_id").asText();
  }

  private static JsonNode ok(Answer answer) {
    assertEquals(200, answer.status(), () -> answer.json().toString());
    return answer.json();
  }

  private String byId() {
    return HISTORY + "/experimentids/" + experiment + "/runs/";
  }

  private String byName() {
    return HISTORY + "/experiments/e/runs/";
  }

  @Test
  void a_run_is_found_below_its_experiment_and_below_no_other() {
    JsonNode found = ok(ml.get(byId() + run));
    assertEquals(run, found.path("runId").asText());
    assertEquals("dcid." + run, found.path("dataContainerId").asText());
    assertEquals(run, ok(ml.get(byName() + run)).path("runId").asText());
    assertEquals(run, ok(ml.get(byName() + run + "/details")).path("runId").asText());
    ok(ml.get(byName() + run + "/metricsingest/wait"));
    assertEquals(404, ml.get(HISTORY + "/experiments/other/runs/" + run).status());
    assertEquals(404, ml.get(HISTORY + "/experiments/other/runs/" + run + "/details").status());
  }

  @Test
  void tags_and_words_of_a_run_change() {
    ok(ml.patch(byId() + run, "{'runId':'%s','tags':{'k':'v','l':'w'}}".formatted(run)));
    ok(ml.patch(byName() + run, "{'displayName':'a name'}"));
    ok(ml.send("DELETE", byName() + run + "/tags", "['k']"));
    JsonNode found = ok(ml.get(byId() + run));
    assertEquals("{\"l\":\"w\"}", found.path("tags").toString());
    assertEquals("a name", found.path("displayName").asText());
    assertEquals(400, ml.send("DELETE", byName() + run + "/tags", "{}").status());
  }

  @Test
  void a_child_run_is_made_and_ends() {
    String child = UUID.randomUUID().toString();
    String body =
        "{'runId':'%s','parentRunId':'%s','status':'NotStarted','name':'>kid','target':'sdk'}";
    ok(ml.patch(byId() + child, body.formatted(child, run)));
    String event = "{'name':'Microsoft.MachineLearning.Run.%s','data':{'runId':'x'}}";
    ok(ml.post(byName() + child + "/events", event.formatted("Start")));
    ok(ml.post(byName() + child + "/events", event.formatted("Completed")));
    assertEquals(400, ml.post(byName() + child + "/events", event.formatted("Party")).status());
    String all = byName() + run + "/children";
    JsonNode children = ok(ml.get(all + "?$orderby=StartTimeUtc desc&$top=500")).path("value");
    assertEquals(1, children.size());
    assertEquals("Completed", children.at("/0/status").asText());
    assertEquals(">kid", children.at("/0/name").asText());
    assertEquals("azureml.scriptrun", children.at("/0/runType").asText());
    assertEquals(501, ml.get(all + "?$filter=Status eq Failed").status());
    assertEquals(501, ml.get(all + "?$orderby=Status").status());
    String odd = "{'parentRunId':'%s','queueingInfo':{}}".formatted(run);
    assertEquals(501, ml.patch(byId() + "other", odd).status());
    assertEquals(404, ml.patch(byId() + "other", "{'displayName':'x'}").status());
  }

  @Test
  void numbers_that_are_logged_are_metrics_of_mlflow_and_tables_are_read_again() {
    String metric = MlCloud.API + "/metric/v2.0" + MlCloud.WORKSPACE + "/runs/" + run + "/";
    String row = "{'createdUtc':'2026-11-30T05:00:09.180842Z','data':%s}";
    String values =
        "{'values':[{'name':'%s','columns':%s,'value':[%s],'properties':{'uxMetricType':'azureml.v1.%s'}}],'reportErrors':true}";
    String two = row.formatted("{'l':1}") + "," + row.formatted("{'l':2}");
    String table = row.formatted("{'x':1,'y':'a'}");
    ok(ml.post(metric + "batch", values.formatted("l", "{'l':'int'}", two, "list")));
    ok(
        ml.post(
            metric + "batch", values.formatted("t", "{'x':'int','y':'string'}", table, "table")));
    assertEquals(400, ml.post(metric + "batch", values.formatted("", "{}", two, "list")).status());
    ok(
        ml.post(
            MLFLOW + "mlflow/runs/log-metric",
            "{'run_id':'%s','key':'m','value':0.5}".formatted(run)));

    JsonNode latest = ok(ml.get(MLFLOW + "mlflow/runs/get?run_id=" + run)).at("/run/data/metrics");
    assertEquals(2, latest.size(), latest::toString);
    assertEquals("l", latest.at("/0/key").asText());
    assertEquals(2, latest.at("/0/value").asDouble());
    String history = "mlflow/metrics/get-history?metric_key=l&run_id=" + run;
    assertEquals(2, ok(ml.get(MLFLOW + history)).path("metrics").size());
    assertEquals(3, ok(ml.post(metric + "list", "{}")).path("value").size());
    JsonNode read = ok(ml.post(metric + "full", "{'metricName':'t'}"));
    assertEquals("a", read.at("/value/0/data/y").asText());
    assertEquals("azureml.v1.table", read.at("/properties/uxMetricType").asText());
    JsonNode ofMlflow = ok(ml.post(metric + "full", "{'metricName':'m'}"));
    assertEquals(0.5, ofMlflow.at("/value/0/data/m").asDouble());
    assertEquals(404, ml.post(metric + "full", "{'metricName':'none'}").status());
  }

  @Test
  void a_file_is_announced_uploaded_and_registered_as_a_model() {
    String container = "/ExperimentRun/dcid." + run;
    String announce = ARTIFACTS + "/batch/metadata" + container;
    String paths = "{'paths':[{'path':'./outputs/m.pkl'}]}";
    JsonNode announced = ok(ml.post(announce, paths));
    String url =
        announced.at("/artifactContentInformation").elements().next().path("contentUri").asText();
    assertTrue(url.contains(".blob.core.windows.net/azureml" + container + "/outputs/m.pkl?"), url);
    ok(ml.put(MLFLOW + "mlflow-artifacts/artifacts" + container + "/outputs/m.pkl", "'x'"));
    assertEquals(1, ok(ml.post(announce, paths)).path("errors").size());
    assertEquals(1, ok(ml.get(ARTIFACTS + container)).path("value").size());
    ok(ml.get(ARTIFACTS + "/contentinfo" + container + "/outputs/m.pkl"));
    assertEquals(404, ml.get(ARTIFACTS + "/contentinfo" + container + "/outputs/n").status());
    assertEquals(404, ml.get(ARTIFACTS + "/ExperimentRun/dcid.none").status());
    String out = "{'paths':[{'path':'../../other'}]}";
    assertEquals(400, ml.post(announce, out).status());

    String prefix = "ExperimentRun/dcid." + run + "/outputs";
    String asset = "{'name':'a','runid':'%s','artifacts':[{'prefix':'%s'}]}".formatted(run, prefix);
    String id = ok(ml.post(MODELS + "/assets", asset)).path("id").asText();
    assertEquals("a", ok(ml.get(MODELS + "/assets/" + id)).path("name").asText());
    String model = "{'name':'fare','url':'aml://asset/%s','mimeType':'x','runId':'%s'}";
    JsonNode made = ok(ml.post(MODELS + "/models", model.formatted(id, run)));
    assertEquals("fare:1", made.path("id").asText());
    assertEquals(400, ml.post(MODELS + "/models", model.formatted("none", run)).status());
    ok(ml.get(MlCloud.WORKSPACE + "/models/fare/versions/1"));
  }

  @Test
  void a_model_is_of_the_files_of_its_asset_also_where_a_datastore_is_named() {
    String place = "ExperimentRun/dcid." + run + "/outputs";
    ok(ml.put(MLFLOW + "mlflow-artifacts/artifacts/" + place + "/m.pkl", "'x'"));
    String prefix = "datastores/workspaceartifactstore/paths/" + place;
    String asset = "{'name':'a','artifacts':[{'prefix':'%s'}]}".formatted(prefix);
    String id = ok(ml.post(MODELS + "/assets", asset)).path("id").asText();
    ok(ml.post(MODELS + "/models", "{'name':'named','url':'aml://asset/%s'}".formatted(id)));
    JsonNode version = ok(ml.get(MlCloud.WORKSPACE + "/models/named/versions/1"));
    String uri = version.at("/properties/modelUri").asText();
    assertTrue(uri.endsWith("/" + prefix), uri);
    assertEquals(1, uri.split("datastores", -1).length - 1, uri);
  }

  @Test
  void models_are_listed_and_their_files_found() {
    a_file_is_announced_uploaded_and_registered_as_a_model();
    String list = MODELS + "/models?count=255&latestVersionOnly=false";
    assertEquals("fare", ok(ml.get(list)).at("/value/0/name").asText());
    assertTrue(ok(ml.get(list)).at("/value/0/datasets").isArray());
    assertEquals(0, ok(ml.get(MODELS + "/models?name=other&count=1")).path("value").size());
    assertEquals(501, ml.get(MODELS + "/models?tag=x").status());
    String url = ok(ml.get(MODELS + "/models/fare:1")).path("url").asText();
    assertEquals(404, ml.get(MODELS + "/models/fare:2").status());
    JsonNode asset = ok(ml.get(MODELS + "/assets/" + url.replace("aml://asset/", "")));
    String prefix = asset.at("/artifacts/0/prefix").asText();
    JsonNode files = ok(ml.get(ARTIFACTS + "/prefix/contentinfo/" + prefix)).path("value");
    assertEquals("outputs/m.pkl", files.at("/0/path").asText());
    String one = ARTIFACTS + "/prefix/contentinfo/" + prefix + "/m.pkl/";
    assertEquals(1, ok(ml.get(one)).path("value").size());
    assertTrue(files.at("/0/contentUri").asText().contains("sig="));
    assertEquals(404, ml.get(MODELS + "/assets/none").status());
  }

  /** As azureml-mlflow asks, of a notebook that tracks by azureml:// URLs. */
  @Test
  void the_files_of_a_run_are_told_and_announced_below_its_experiment() {
    for (String all :
        List.of(
            byName() + run + "/artifacts",
            byId() + run + "/artifacts",
            ARTIFACTS + "/ExperimentRun/dcid." + run)) {
      String name = "out/" + all.length() + ".txt";
      String paths = "{'paths':[{'path':'%s'}]}".formatted(name);
      JsonNode announced = ok(ml.post(all + "/batch/metadata", paths));
      assertEquals("{}", announced.path("errors").toString());
      blob(announced.path("artifactContentInformation").path(name))
          .upload(BinaryData.fromString("text"));
      assertTrue(
          ok(ml.post(all + "/batch/metadata", paths)).path("errors").has(name), "there already");
      List<String> listed = ok(ml.get(all)).path("value").findValuesAsText("path");
      assertTrue(listed.contains(name), listed::toString);
      JsonNode found = ok(ml.get(all + "/contentinfo?path=" + name));
      assertEquals("text", blob(found).downloadContent().toString());
      assertEquals(404, ml.get(all + "/contentinfo?path=none").status());
    }
    assertEquals(404, ml.get(HISTORY + "/experiments/other/runs/" + run + "/artifacts").status());
  }

  private Answer asAzureml(String path) {
    Map<String, String> agent =
        Map.of("User-Agent", "mlflow-python-client/3.15.0 azureml-mlflow/1.62.0");
    return ml.send("GET", path, "", ml.cloud().userToken("https://management.azure.com"), agent);
  }

  private BlobClient blob(JsonNode artifact) {
    return new BlobClientBuilder()
        .endpoint(artifact.path("contentUri").asText())
        .httpClient(ml.cloud().http())
        .buildClient();
  }

  @Test
  void clients_are_told_where_the_services_of_the_cloud_are() {
    String url = "https://management.azure.com/metadata/endpoints?api-version=";
    JsonNode clouds = ok(ml.get(url + "2019-05-01"));
    assertEquals("AzureCloud", clouds.at("/0/name").asText());
    assertEquals("https://management.azure.com/", clouds.at("/0/resourceManager").asText());
    assertEquals("core.windows.net", clouds.at("/0/suffixes/storage").asText());
    assertEquals(501, ml.get(url + "2022-09-01").status());
  }

  @Test
  void addresses_are_such_as_the_client_can_follow() {
    String asked = MLFLOW + "mlflow/runs/get?run_id=" + run;
    String bare = ok(ml.get(asked)).at("/run/info/artifact_uri").asText();
    assertEquals("mlflow-artifacts:/ExperimentRun/dcid." + run, bare);
    JsonNode info = ok(asAzureml(asked)).at("/run/info");
    String host = MlCloud.API.replace("https://", "azureml://");
    assertEquals(
        host + "/mlflow/v2.0" + MlCloud.WORKSPACE + "/experiments/e/runs/" + run + "/artifacts",
        info.path("artifact_uri").asText());
    assertEquals(false, info.has("experiment_name"));
  }
}
