package mlops.emulator.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import mlops.emulator.http.Json;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No setting of a job is accepted and ignored without a reason; and what its run leaves. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class JobSettingsTest {
  private static final String WS = MlCloud.WORKSPACE;
  private static final String ENVIRONMENT = WS + "/environments/plain/versions/1";

  /** Each member of Microsoft's documents; what comes of it is in {@code JobSettings}. */
  private static final Map<String, Set<String>> KNOWN =
      Map.of(
          "mfe.CommandJob",
          Set.of(
              "codeId command componentId computeId description displayName distribution environmentId environmentVariables experimentName identity inputs isArchived jobType limits notificationSetting outputs parameters properties queueSettings resources services status tags"
                  .split(" ")),
          "mfe.PipelineJob",
          Set.of(
              "componentId computeId description displayName experimentName identity inputs isArchived jobType jobs notificationSetting outputs properties services settings sourceJobId status tags"
                  .split(" ")),
          "mfe.JobResourceConfiguration",
          Set.of("dockerArgs", "instanceCount", "instanceType", "properties", "shmSize"),
          "mfe.CommandJobLimits",
          Set.of("jobLimitsType", "timeout"),
          "mfe.QueueSettings",
          Set.of("jobTier"),
          "mfe.ManagedIdentity",
          Set.of("clientId", "identityType", "objectId", "resourceId"));

  @TempDir Path folder;

  private MlCloud open() {
    MlCloud ml = MlCloud.in(folder);
    ml.put(ENVIRONMENT, "{'properties':{'image':'ubuntu'}}");
    return ml;
  }

  private static String command(String command, String more) {
    return "{'properties':{'jobType':'Command','command':'%s','environmentId':'%s'%s}}"
        .formatted(command, ENVIRONMENT, more);
  }

  @Test
  void the_documents_name_no_setting_that_nobody_thought_of() throws IOException {
    JsonNode documents =
        Json.MAPPER.readTree(
            Files.readAllBytes(Path.of("src/main/resources/mlops/emulator/contract/bodies.json")));
    KNOWN.forEach(
        (type, known) -> {
          Set<String> members = new TreeSet<>();
          documents
              .path("definitions")
              .path(type)
              .path("members")
              .fieldNames()
              .forEachRemaining(members::add);
          assertEquals(new TreeSet<>(known), members, type);
        });
  }

  @Test
  void what_would_change_a_job_and_is_not_built_is_refused_by_name() {
    MlCloud ml = open();
    Map<String, String> refused =
        Map.of(
            ",'resources':{'dockerArgs':'-e A=b'}",
            "resources.dockerArgs",
            ",'identity':{'identityType':'Managed','clientId':'%s'}"
                .formatted("11111111-1111-1111-1111-111111111111"),
            "identity.clientId");
    refused.forEach(
        (more, name) -> {
          MlCloud.Answer answer = ml.put(WS + "/jobs/refused", command("true", more));
          assertEquals(501, answer.status(), () -> answer.json().toString());
          assertTrue(answer.json().at("/error/message").asText().contains(name), name);
        });
    MlCloud.Answer node =
        ml.put(
            WS + "/jobs/refused",
            "{'properties':{'jobType':'Pipeline','jobs':{'a':{'type':'command','resources':{'docker_args':'-e A=b'},'component':{'type':'command','command':'true','environment':'azureml:%s'}}}}}"
                .formatted(ENVIRONMENT));
    assertEquals(501, node.status(), () -> node.json().toString());
  }

  @Test
  void what_changes_nothing_here_is_accepted() {
    MlCloud ml = open();
    String more =
        ",'queueSettings':{'jobTier':'Standard'},'resources':{'instanceCount':1,'shmSize':'2g'},'services':{'Studio':{'jobServiceType':'Studio'}}";
    assertEquals(201, ml.put(WS + "/jobs/one", command("echo a", more)).status());
    assertEquals("Completed", ml.await(WS + "/jobs/one").at("/properties/status").asText());
  }

  @Test
  void services_are_kept_and_the_log_says_that_nobody_looks_in() {
    MlCloud ml = open();
    String services = "'services':{'code':{'jobServiceType':'VSCode'}}";
    assertEquals(201, ml.put(WS + "/jobs/one", command("echo a", "," + services)).status());
    JsonNode job = ml.await(WS + "/jobs/one");
    assertEquals("Completed", job.at("/properties/status").asText());
    assertEquals("VSCode", job.at("/properties/services/code/jobServiceType").asText());
    assertEquals("Studio", job.at("/properties/services/Studio/jobServiceType").asText());
  }

  @Test
  void what_a_run_leaves_is_where_azures_clients_look_for_it() {
    MlCloud ml = open();
    ml.put(WS + "/jobs/left", command("echo kept > outputs/a.txt", ""));
    JsonNode job = ml.await(WS + "/jobs/left");
    assertEquals(
        "azureml://datastores/workspaceartifactstore/ExperimentRun/dcid.left",
        job.at("/properties/outputs/default/uri").asText());
    String history = MlCloud.API + "/history/v1.0" + WS;
    JsonNode data =
        ml.post(history + "/rundata", "{'runId':'left','selectRunMetadata':true}").json();
    JsonNode output = data.at("/runMetadata/outputs/default");
    assertEquals("UriFolder", output.path("type").asText(), data::toString);
    String asset = output.path("assetId").asText();
    assertTrue(asset.endsWith("/data/azureml_left_output_data_default/versions/1"), asset);
    JsonNode place =
        ml.post(
                MlCloud.API + "/data/v1.0" + WS + "/dataversion/batchGetResolvedUris",
                "{'values':['%s']}".formatted(asset))
            .json();
    assertTrue(
        place
            .path("values")
            .path(asset)
            .path("uri")
            .asText()
            .endsWith("/datastores/workspaceartifactstore/paths/ExperimentRun/dcid.left/"),
        place::toString);
    String log =
        ml.get(history + "/runs/left/details")
            .json()
            .at("/logFiles")
            .path("user_logs/std_log.txt")
            .asText();
    assertTrue(log.contains("/azureml/ExperimentRun/dcid.left/user_logs/std_log.txt?"), log);
    JsonNode files =
        ml.get(
                MlCloud.API
                    + "/mlflow/v1.0"
                    + WS
                    + "/api/2.0/mlflow/artifacts/list?run_id=left&path=outputs")
            .json();
    assertEquals("outputs/a.txt", files.at("/files/0/path").asText(), files::toString);
  }

  @Test
  void a_child_of_a_pipeline_says_its_component_and_its_compute() {
    MlCloud ml = open();
    ml.put(
        WS + "/components/say/versions/3",
        "{'properties':{'componentSpec':{'type':'command','name':'say','version':'3','command':'true','environment':'azureml:%s'}}}"
            .formatted(ENVIRONMENT));
    ml.put(
        WS + "/jobs/p",
        "{'properties':{'jobType':'Pipeline','jobs':{'a':{'type':'command','componentId':'%s'},'b':{'type':'command','component':{'type':'command','command':'true','environment':'azureml:%s'}}}}}"
            .formatted(WS + "/components/say/versions/3", ENVIRONMENT));
    ml.await(WS + "/jobs/p");
    JsonNode children =
        ml.get(MlCloud.API + "/history/v1.0" + WS + "/runs/p/children").json().path("value");
    Set<String> modules = new TreeSet<>();
    for (JsonNode child : children) {
      modules.add(child.path("properties").path("azureml.moduleName").asText());
      assertEquals("azureml.StepRun", child.path("runType").asText());
      assertEquals("p", child.path("properties").path("azureml.pipelinerunid").asText());
    }
    assertEquals(Set.of("azureml_anonymous", "say"), modules, children::toString);
    JsonNode root = ml.get(MlCloud.API + "/history/v1.0" + WS + "/runs/p").json();
    assertEquals("azureml.PipelineRun", root.path("runType").asText());
  }
}
