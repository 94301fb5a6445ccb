package mlops.emulator.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.StringJoiner;
import mlops.emulator.ml.MlCloud.Answer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs from their submission to their run history, by the requests that clients send. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class JobsTest {
  private static final String WS = MlCloud.WORKSPACE;
  private static final String HISTORY = MlCloud.API + "/history/v1.0" + WS;
  private static final String ENVIRONMENT = WS + "/environments/plain/versions/1";
  private static final String PIPELINE =
      """
      {'properties':{'jobType':'Pipeline','experimentName':'taxi','displayName':'d','tags':{'a':'b'},
        'inputs':{'word':{'jobInputType':'literal','value':'hello'}},
        'outputs':{'final':{'jobOutputType':'uri_folder'}},
        'settings':{'default_datastore':'workspaceblobstore'},
        'jobs':{'say':{'type':'command','name':'say','componentId':'%s',
          'inputs':{'word':{'job_input_type':'literal','value':'${{parent.inputs.word}}'}},
          'outputs':{'out':{'type':'literal','value':'${{parent.outputs.final}}'}}}}}}"""
          .formatted(WS + "/components/say/versions/1");

  @TempDir Path folder;

  private MlCloud open() {
    MlCloud ml = MlCloud.in(folder);
    ml.put(ENVIRONMENT, "{'properties':{'image':'ubuntu'}}");
    ml.put(
        WS + "/components/say/versions/1",
        "{'properties':{'componentSpec':{'type':'command','name':'say','version':'1','command':'echo ${{inputs.word}}; echo ${{inputs.word}} > ${{outputs.out}}/said.txt','environment':'azureml:%s','inputs':{'word':{'type':'string'}},'outputs':{'out':{'type':'uri_folder'}}}}}"
            .formatted(ENVIRONMENT));
    return ml;
  }

  private static String command(String command) {
    return "{'properties':{'jobType':'Command','command':'%s','environmentId':'%s'}}"
        .formatted(command, ENVIRONMENT);
  }

  @Test
  void a_pipeline_runs_and_its_history_tells_how() {
    MlCloud ml = open();
    Answer made = ml.put(WS + "/jobs/one", PIPELINE);
    assertEquals(201, made.status(), () -> made.json().toString());
    assertTrue(
        made.json()
            .at("/properties/services/Studio/endpoint")
            .asText()
            .startsWith("https://ml.azure.com/runs/one?wsid="));
    JsonNode ended = ml.await(WS + "/jobs/one");
    assertEquals(
        "Completed", ended.at("/properties/status").asText(), () -> details(ml, "one").toString());
    assertTrue(
        ended
            .at("/properties/outputs/final/uri")
            .asText()
            .contains("datastores/workspaceblobstore/paths/azureml/"));
    JsonNode details = details(ml, "one");
    assertEquals("Completed", details.path("status").asText());
    assertTrue(details.path("logFiles").isObject());
    JsonNode children = ml.get(HISTORY + "/runs/one/children").json().path("value");
    assertEquals(1, children.size());
    String child = children.at("/0/runId").asText();
    JsonNode logs = details(ml, child).path("logFiles");
    assertTrue(logs.path("user_logs/std_log.txt").asText().contains("sig="), logs::toString);
    assertEquals(
        "Command", ml.get(WS + "/jobs/" + child).json().at("/properties/jobType").asText());
    JsonNode data =
        ml.post(HISTORY + "/rundata", "{'runId':'%s','selectRunMetadata':true}".formatted(child))
            .json();
    String asset = data.at("/runMetadata/outputs/out/assetId").asText();
    JsonNode resolved =
        ml.post(
                MlCloud.API + "/data/v1.0" + WS + "/dataversion/batchGetResolvedUris",
                "{'values':['%s']}".formatted(asset))
            .json();
    assertEquals("UriFolder", resolved.path("values").path(asset).path("type").asText());
    String run = HISTORY + "/runs/one";
    assertEquals("Completed", ml.get(run).json().path("status").asText());
    assertEquals(200, ml.patch(run, "{'tags':{'seen':'yes'}}").status());
    assertEquals("yes", ml.get(run).json().at("/tags/seen").asText());
    assertEquals(403, ml.sendAsStranger("GET", HISTORY + "/runs/one/details", "").status());
    ml.assertAsDocumented();
  }

  private static JsonNode details(MlCloud ml, String run) {
    return ml.get(HISTORY + "/runs/" + run + "/details").json();
  }

  @Test
  void a_job_is_itself_for_ever_but_its_words_may_change() {
    MlCloud ml = open();
    assertEquals(201, ml.put(WS + "/jobs/one", command("echo a")).status());
    Answer again = ml.put(WS + "/jobs/one", command("echo b"));
    assertEquals(400, again.status());
    assertTrue(again.json().at("/error/message").asText().startsWith("A job with this name"));
    String words = command("echo a").replace("{'jobType'", "{'tags':{'x':'y'},'jobType'");
    Answer changed = ml.put(WS + "/jobs/one", words);
    assertEquals(200, changed.status());
    assertEquals("y", changed.json().at("/properties/tags/x").asText());
    ml.await(WS + "/jobs/one");
    assertEquals(1, ml.get(WS + "/jobs?tag=x").json().path("value").size());
    assertEquals(0, ml.get(WS + "/jobs?jobType=Pipeline").json().path("value").size());
    assertEquals(200, ml.delete(WS + "/jobs/one").status());
    assertEquals(204, ml.delete(WS + "/jobs/one").status());
    assertEquals(
        "Job one not found.", ml.get(WS + "/jobs/one").json().at("/error/message").asText());
    ml.assertAsDocumented();
  }

  @Test
  void code_runs_from_a_container_that_the_workspace_gave_out_and_from_no_other() {
    MlCloud ml = open();
    String upload = WS + "/codes/%s/versions/1";
    Answer pending =
        ml.post(
            upload.formatted("mine") + "/startPendingUpload",
            "{'pendingUploadType':'TemporaryBlobReference'}");
    String place = pending.text("/blobReferenceForConsumption/blobUri");
    BlobContainerClient container =
        new BlobContainerClientBuilder()
            .endpoint(pending.text("/blobReferenceForConsumption/credential/sasUri"))
            .httpClient(ml.cloud().http())
            .buildClient();
    container.getBlobClient("src/say.sh").upload(BinaryData.fromString("echo hello from my code"));
    ml.put(upload.formatted("mine"), code(place + "/src"));
    assertEquals("Completed", ran(ml, "mine").at("/properties/status").asText());

    String own = place.replaceFirst("[^/]+$", "made-by-a-user");
    ml.cloud().azure().blobs().createContainer(account(place), "made-by-a-user");
    ml.put(upload.formatted("theirs"), code(own + "/src"));
    assertEquals("Failed", ran(ml, "theirs").at("/properties/status").asText());
    String log = ml.get(MlCloud.API + "/history/v1.0" + WS + "/runs/theirs/details").json() + "";
    assertTrue(log.contains("ScriptExecution.StreamAccess.Authentication"), log);
  }

  private static String account(String url) {
    return URI.create(url).getHost().replaceFirst("[.].*", "");
  }

  private static String code(String uri) {
    return "{'properties':{'codeUri':'%s'}}".formatted(uri);
  }

  /** A job of this name with the code of the same name. */
  private static JsonNode ran(MlCloud ml, String name) {
    String body =
        command("bash say.sh")
            .replace(
                "'jobType'", "'codeId':'%s/codes/%s/versions/1','jobType'".formatted(WS, name));
    Answer made = ml.put(WS + "/jobs/" + name, body);
    assertEquals(201, made.status(), made.json()::toString);
    return ml.await(WS + "/jobs/" + name);
  }

  @Test
  void a_running_job_is_cancelled_once() {
    MlCloud ml = open();
    assertEquals(201, ml.put(WS + "/jobs/long", command("sleep 60")).status());
    Answer cancel = ml.post(WS + "/jobs/long/cancel", "");
    assertEquals(202, cancel.status());
    assertEquals("Canceled", ml.await(WS + "/jobs/long").at("/properties/status").asText());
    String poll = cancel.header("Location");
    assertEquals(200, ml.get(poll).status());
    Answer again = ml.post(WS + "/jobs/long/cancel", "");
    assertEquals(400, again.status());
    assertEquals(
        "The pipeline run long is in terminal status, it can't be canceled.",
        again.json().at("/error/message").asText());
  }

  @Test
  void wrong_jobs_are_refused_in_azures_words() {
    MlCloud ml = open();
    String job = WS + "/jobs/wrong";
    Answer binding = ml.put(job, PIPELINE.replace("parent.inputs.word", "parent.name"));
    assertEquals(400, binding.status());
    assertEquals(
        "Invalid expression parent.name. Only parent.inputs, parent.jobs.[source_job_name].outputs or parent.outputs can be used for binding.",
        binding.json().at("/error/message").asText());
    assertEquals(400, ml.put(job, PIPELINE.replace("inputs.word}", "inputs.none}")).status());
    Answer component = ml.put(job, PIPELINE.replace("say/versions/1", "say/versions/9"));
    assertEquals(404, component.status());
    assertEquals("NotFound", component.code());
    assertTrue(
        component
            .json()
            .at("/error/message")
            .asText()
            .endsWith("Message: Not found component say (version: 9)."));
    assertEquals(
        404, ml.put(job, command("x").replace("plain/versions/1", "none/versions/1")).status());
    String compute = command("x").replace("{'jobType'", "{'computeId':'none','jobType'");
    assertEquals(404, ml.put(job, compute).status());
    Answer labeling = ml.put(job, command("x").replace("'Command'", "'Labeling'"));
    assertEquals(501, labeling.status());
    assertTrue(labeling.json().toString().contains("Labeling"));
    Answer step =
        ml.put(job, "{'properties':{'jobType':'Pipeline','jobs':{'a':{'type':'automl'}}}}");
    assertEquals(501, step.status());
    assertTrue(step.json().toString().contains("type 'automl'"));
    assertEquals(404, ml.get(job).status());
  }

  @Test
  void a_compute_is_named_by_id_also_serverless_and_by_an_input_of_the_pipeline() {
    MlCloud ml = open();
    String named =
        "{'properties':{'jobType':'Pipeline','inputs':{'c':{'value':'none'}},'jobs':{'a':{'computeId':'COMPUTE'}}}}";
    String serverless = named.replace("COMPUTE", WS + "/computes/serverless");
    assertEquals(201, ml.put(WS + "/jobs/serverless", serverless).status());
    Answer missing = ml.put(WS + "/jobs/bound", named.replace("COMPUTE", "${{parent.inputs.c}}"));
    assertEquals(404, missing.status());
    assertTrue(missing.json().toString().contains("Compute with name none not found"));
  }

  @Test
  void jobs_that_wait_for_each_other_are_refused() {
    MlCloud ml = open();
    String circle =
        """
        {'properties':{'jobType':'Pipeline','jobs':{
          'a':{'componentId':'C','inputs':{'x':{'value':'${{parent.jobs.b.outputs.o}}'}}},
          'b':{'componentId':'C','inputs':{'x':{'value':'${{parent.jobs.a.outputs.o}}'}}}}}}"""
            .replace("'C'", "'" + WS + "/components/say/versions/1'");
    Answer refused = ml.put(WS + "/jobs/circle", circle);
    assertEquals(400, refused.status());
    assertTrue(refused.json().toString().contains("wait for each other"));
  }

  @Test
  void discovery_needs_no_token() {
    MlCloud ml = open();
    Answer discovery = ml.send("GET", MlCloud.API + "/discovery", "", "none", Map.of());
    assertEquals(MlCloud.API, discovery.json().path("api").asText());
    String one = MlCloud.API + "/discovery/workspaces/one";
    assertEquals(discovery.json(), ml.send("GET", one, "", "none", Map.of()).json());
  }

  @Test
  void the_words_of_a_job_change_by_its_run_and_it_has_no_services() {
    MlCloud ml = open();
    ml.put(WS + "/jobs/one", command("true"));
    String body =
        "{'displayName':'new','description':'why','tags':{'a':'b'},'properties':{'c':'d'}}";
    assertEquals(404, ml.patch(HISTORY + "/experiments/other/runs/one", body).status());
    Answer changed = ml.patch(HISTORY + "/experiments/Default/runs/one", body);
    assertEquals(200, changed.status(), changed::toString);
    assertEquals("b", changed.text("/tags/a"));
    JsonNode job = ml.get(WS + "/jobs/one").json().path("properties");
    assertEquals("new", job.path("displayName").asText());
    assertEquals("why", job.path("description").asText());
    assertEquals("b", job.at("/tags/a").asText());
    assertEquals("d", job.at("/properties/c").asText());
    assertEquals(501, ml.patch(HISTORY + "/runs/one", "{'status':'Failed'}").status());
    Answer services = ml.get(HISTORY + "/runs/one/serviceinstances/0");
    assertEquals("{}", services.json().path("instances").toString());
    assertEquals(404, ml.get(HISTORY + "/runs/none/serviceinstances/0").status());
    ml.await(WS + "/jobs/one");
  }

  @Test
  void an_archived_job_is_hidden_everywhere_until_it_is_restored() {
    MlCloud ml = open();
    ml.put(WS + "/jobs/one", PIPELINE);
    ml.await(WS + "/jobs/one");
    String run = HISTORY + "/experiments/taxi/runs/one";
    assertTrue(ml.patch(run, "{'hidden':true}").json().path("hidden").asBoolean());
    assertEquals("", jobs(ml, ""));
    assertEquals("", jobs(ml, "?listViewType=All&scheduled=true"));
    assertEquals("one", jobs(ml, "?listViewType=ArchivedOnly"));
    assertEquals("one", jobs(ml, "?listViewType=All"));
    String mlflow = MlCloud.API + "/mlflow/v1.0" + WS + "/api/2.0/mlflow/runs/";
    assertEquals("deleted", ml.get(mlflow + "get?run_id=one").text("/run/info/lifecycle_stage"));
    ml.post(mlflow + "restore", "{'run_id':'one'}");
    assertEquals("one", jobs(ml, ""));
    ml.put(WS + "/jobs/one", "{'properties':{'jobType':'Pipeline','isArchived':true}}");
    assertTrue(ml.get(HISTORY + "/runs/one").json().path("hidden").asBoolean());
    ml.patch(run, "{'hidden':false}");
    assertEquals("one", jobs(ml, ""));
    String child = ml.get(HISTORY + "/runs/one/children").text("/value/0/runId");
    assertEquals(400, ml.put(WS + "/jobs/" + child, command("true")).status(), "it is no new job");
  }

  private static String jobs(MlCloud ml, String query) {
    StringJoiner names = new StringJoiner(",");
    ml.get(WS + "/jobs" + query)
        .json()
        .path("value")
        .forEach(j -> names.add(j.path("name").asText()));
    return names.toString();
  }
}
