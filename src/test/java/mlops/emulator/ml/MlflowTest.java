package mlops.emulator.ml;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import mlops.emulator.ml.MlCloud.Answer;
import mlops.emulator.state.StateTree;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlflow.api.proto.Service.Experiment;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.RunData;
import org.mlflow.api.proto.Service.RunInfo;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.api.proto.Service.RunTag;
import org.mlflow.api.proto.Service.ViewType;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowHttpException;
import org.mlflow.tracking.creds.BasicMlflowHostCreds;

/** The tracking service through MLflow's own client. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MlflowTest {
  private static final String TRACKING = "/mlflow/v1.0" + MlCloud.WORKSPACE;

  @TempDir Path folder;

  private interface Session {
    void with(MlCloud ml, MlflowClient client);
  }

  private void session(Session session) throws IOException {
    MlCloud ml = MlCloud.in(folder);
    String token = ml.cloud().azure().userToken("https://management.azure.com");
    try (Loopback loopback = new Loopback(ml.cloud().azure().router(), "eastus2.api.azureml.ms");
        MlflowClient client =
            new MlflowClient(new BasicMlflowHostCreds(loopback.url() + TRACKING, token))) {
      session.with(ml, client);
    }
  }

  private static List<Run> search(MlflowClient client, String experiment, String filter) {
    return client.searchRuns(List.of(experiment), filter, ViewType.ACTIVE_ONLY, 100).getItems();
  }

  @Test
  void experiments_are_made_found_tagged_and_deleted() throws IOException {
    session(
        (ml, client) -> {
          String id = client.createExperiment("taxi");
          assertEquals("taxi", client.getExperiment(id).getName());
          assertEquals(
              Optional.of(id), client.getExperimentByName("taxi").map(Experiment::getExperimentId));
          client.setExperimentTag(id, "owner", "me");
          assertEquals("me", client.getExperiment(id).getTags(0).getValue());
          assertEquals(1, client.searchExperiments("name = 'taxi'").getItems().size());
          assertThrows(MlflowHttpException.class, () -> client.createExperiment("taxi"));
          client.deleteExperiment(id);
          assertEquals(0, client.searchExperiments().getItems().size());
          client.restoreExperiment(id);
          assertEquals(1, client.searchExperiments().getItems().size());
          assertEquals(Optional.empty(), client.getExperimentByName("none"));
        });
  }

  @Test
  void newer_clients_find_the_same_at_release_2_and_nothing_at_another() throws IOException {
    session(
        (ml, client) -> {
          client.createExperiment("taxi");
          String search = MlCloud.WORKSPACE + "/api/2.0/mlflow/experiments/search?max_results=9";
          assertEquals(
              "taxi",
              ml.get(MlCloud.API + "/mlflow/v2.0" + search)
                  .json()
                  .at("/experiments/0/name")
                  .asText());
          Answer other = ml.get(MlCloud.API + "/mlflow/v3.0" + search);
          assertEquals(501, other.status());
          assertEquals("NotImplemented", other.json().path("error_code").asText());
        });
  }

  @Test
  void a_run_logs_and_is_read_again() throws IOException {
    session(
        (ml, client) -> {
          String experiment = client.createExperiment("taxi");
          RunInfo run = client.createRun(experiment);
          String id = run.getRunId();
          client.logParam(id, "depth", "7");
          client.logMetric(id, "rmse", 3.5, 1000, 0);
          client.logMetric(id, "rmse", 2.5, 2000, 1);
          client.setTag(id, "gate", "passed");
          client.logBatch(
              id,
              List.of(Metric.newBuilder().setKey("r2").setValue(0.9).build()),
              List.of(Param.newBuilder().setKey("seed").setValue("1").build()),
              List.of(RunTag.newBuilder().setKey("x").setValue("y").build()));
          Run read = client.getRun(id);
          assertEquals(2, read.getData().getParamsCount());
          Metric rmse =
              read.getData().getMetricsList().stream()
                  .filter(m -> m.getKey().equals("rmse"))
                  .findFirst()
                  .orElseThrow();
          assertEquals(2.5, rmse.getValue());
          assertEquals(2, client.getMetricHistory(id, "rmse").size());
          client.deleteTag(id, "x");
          assertThrows(MlflowHttpException.class, () -> client.logParam(id, "depth", "8"));
          client.setTerminated(id, RunStatus.FINISHED);
          assertEquals(RunStatus.FINISHED, client.getRun(id).getInfo().getStatus());
          assertTrue(client.getRun(id).getInfo().getEndTime() > 0);
          assertThrows(MlflowHttpException.class, () -> client.getRun("none"));
        });
  }

  @Test
  void a_point_that_a_power_failure_tore_costs_no_other() throws IOException {
    session(
        (ml, client) -> {
          String id = client.createRun(client.createExperiment("taxi")).getRunId();
          client.logMetric(id, "rmse", 3.5, 1000, 0);
          String metric = MlCloud.WORKSPACE + "/runs/" + id + "/metrics/rmse";
          Path points = ml.cloud().azure().state().directory(metric).resolve("points.jsonl");
          assertDoesNotThrow(() -> Files.writeString(points, "\n{\"val", APPEND));
          client.logMetric(id, "rmse", 2.5, 2000, 1);
          assertEquals(
              List.of(3.5, 2.5),
              client.getMetricHistory(id, "rmse").stream().map(Metric::getValue).toList());
        });
  }

  /** A training logs thousands of values one by one, and each document waits for the disk. */
  @Test
  void values_that_are_logged_one_by_one_write_no_document_anew() throws IOException {
    session(
        (ml, client) -> {
          StateTree state = ml.cloud().azure().state();
          String id = client.createRun(client.createExperiment("taxi")).getRunId();
          String document = MlCloud.WORKSPACE + "/runs/" + id;
          client.setTag(id, "kind", "old");
          ObjectNode written = state.read(document).orElseThrow();
          for (int step = 0; step < 5; step++) {
            client.logMetric(id, "loss", 5 - step, 1000, step);
          }
          client.logParam(id, "depth", "7");
          client.setTag(id, "kind", "new");
          assertEquals(written, state.read(document).orElseThrow());
          assertLogged(client, id, 1, "new");
          client.deleteTag(id, "kind");
          client.setTag(id, "mlflow.runName", "named");
          client.setTag(id, "long", "x".repeat(5000));
          assertEquals("named", client.getRun(id).getInfo().getRunName());
          for (int n = 0; n < 9; n++) { // more than a journal holds
            client.setTag(id, "long" + n, "x".repeat(5000));
          }
          client.setTag(id, "kind", "last");
          assertLogged(client, id, 1, "last");
          assertTrue(state.read(document).orElseThrow().path("tags").has("long5"));
        });
  }

  private static void assertLogged(MlflowClient client, String id, double loss, String kind) {
    RunData data = client.getRun(id).getData();
    assertEquals(loss, data.getMetrics(0).getValue());
    assertEquals("7", data.getParams(0).getValue());
    List<RunTag> tags = data.getTagsList();
    assertEquals(
        List.of(kind),
        tags.stream().filter(t -> t.getKey().equals("kind")).map(RunTag::getValue).toList());
  }

  @Test
  void runs_are_searched_sorted_deleted_and_restored() throws IOException {
    session(
        (ml, client) -> {
          String experiment = client.createExperiment("taxi");
          for (int i = 1; i <= 3; i++) {
            String id = client.createRun(experiment).getRunId();
            client.logMetric(id, "rmse", i);
            client.logParam(id, "depth", "d" + i);
          }
          List<String> ids = List.of(experiment);
          List<Run> good = search(client, experiment, "metrics.rmse < 3 and params.depth != 'd1'");
          assertEquals(1, good.size());
          List<Run> sorted =
              client
                  .searchRuns(ids, "", ViewType.ACTIVE_ONLY, 2, List.of("metrics.rmse DESC"))
                  .getItems();
          assertEquals(2, sorted.size());
          assertEquals(3.0, sorted.get(0).getData().getMetrics(0).getValue());
          String id = good.get(0).getInfo().getRunId();
          client.deleteRun(id);
          assertEquals(2, search(client, experiment, "").size());
          client.restoreRun(id);
          assertEquals(3, search(client, experiment, "").size());
        });
  }

  @Test
  void the_run_of_a_job_is_a_run_of_its_experiment() throws IOException {
    session(
        (ml, client) -> {
          ml.put(
              MlCloud.WORKSPACE + "/environments/plain/versions/1",
              "{'properties':{'image':'ubuntu'}}");
          String job =
              "{'properties':{'jobType':'Command','experimentName':'jobs','command':'echo hi','environmentId':'%s/environments/plain/versions/1'}}"
                  .formatted(MlCloud.WORKSPACE);
          assertEquals(201, ml.put(MlCloud.WORKSPACE + "/jobs/one", job).status());
          ml.await(MlCloud.WORKSPACE + "/jobs/one");
          String experiment = client.getExperimentByName("jobs").orElseThrow().getExperimentId();
          assertEquals("one", search(client, experiment, "").get(0).getInfo().getRunId());
          client.logMetric("one", "r2", 0.9);
          client.setTerminated("one", RunStatus.KILLED);
          assertEquals(RunStatus.FINISHED, client.getRun("one").getInfo().getStatus());
        });
  }

  @Test
  void older_clients_list_experiments_by_get() throws IOException {
    session(
        (ml, client) -> {
          String id = client.createExperiment("taxi");
          for (String verb : List.of("list", "search")) {
            String url = MlCloud.API + TRACKING + "/api/2.0/mlflow/experiments/" + verb;
            JsonNode found = ml.get(url + "?max_results=10").json().path("experiments");
            assertEquals(id, found.at("/0/experiment_id").asText());
          }
        });
  }

  @Test
  void artifacts_go_up_and_come_down_below_their_run() throws IOException {
    session(
        (ml, client) -> {
          String id = client.createRun(client.createExperiment("taxi")).getRunId();
          String root =
              client.getRun(id).getInfo().getArtifactUri().substring("mlflow-artifacts:/".length());
          String file =
              MlCloud.API + TRACKING + "/api/2.0/mlflow-artifacts/artifacts/" + root + "/a/b.json";
          assertEquals(200, ml.put(file, "{'x':1}").status());
          assertEquals(1, ml.get(file).json().path("x").asInt());
          JsonNode files =
              ml.get(MlCloud.API + TRACKING + "/api/2.0/mlflow/artifacts/list?run_id=" + id)
                  .json()
                  .path("files");
          assertEquals("a", files.at("/0/path").asText());
          assertTrue(files.at("/0/is_dir").asBoolean());
          String inside = MlCloud.API + TRACKING + "/api/2.0/mlflow/artifacts/list?path=a&run_id=";
          String folder =
              MlCloud.API + TRACKING + "/api/2.0/mlflow-artifacts/artifacts?path=" + root + "/a";
          assertEquals("b.json", ml.get(folder).json().at("/files/0/path").asText());
          assertEquals(7, ml.get(inside + id).json().at("/files/0/file_size").asInt());
          assertEquals(200, ml.delete(file).status());
          assertEquals(404, ml.get(file).status());
        });
  }

  @Test
  void whoever_has_no_role_is_denied() {
    MlCloud ml = MlCloud.in(folder);
    Answer denied =
        ml.sendAsStranger("POST", MlCloud.API + TRACKING + "/api/2.0/mlflow/runs/search", "{}");
    assertEquals(403, denied.status());
  }
}
