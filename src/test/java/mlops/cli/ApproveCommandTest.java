package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.http.Json;
import mlops.emulator.state.StateTree;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mlops approve}: the click of a reviewer, beside what he lets go on. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class ApproveCommandTest {
  private static final int MONA = 190010002;
  private static final int HUBOT = 190010003;
  private static final String WORKSPACE =
      EmbeddedCloud.SUBSCRIPTION
          + "/resourceGroups/rg-demo-mlops-demo/providers/Microsoft.MachineLearningServices/workspaces/ml-mlopsdemo-demo-0";
  private static final String RUN = TaxiRepository.PATH + "/actions/runs/";

  @TempDir Path folder;
  private TaxiRepository taxi;
  private Transcript mlops;

  @BeforeEach
  void a_model_that_passed_and_one_that_serves() {
    taxi = TaxiRepository.in(folder.resolve("azure"));
    mlops = taxi.mlops();
    model(1, "taxi-model-mlops-demo", 1, "aa", "0.91");
    model(1, "taxi-model-mlops-demo", 2, "bb", "0.98");
    model(3, "taxi-prod-model-mlops-demo", 1, "aa", "0.91");
    String endpoint = WORKSPACE + "3/batchEndpoints/taxifare-b-mldemo-p-demo";
    ObjectNode serves = document(endpoint);
    serves.withObject("/properties/defaults").put("deploymentName", "one");
    write(serves);
    ObjectNode deployment = document(endpoint + "/deployments/one");
    deployment
        .withObject("/properties/model")
        .put("assetId", WORKSPACE + "3/models/taxi-prod-model-mlops-demo/versions/1");
    write(deployment);
    reviewers(MONA);
  }

  /** A version with the tags that a gate leaves. */
  private void model(int workspace, String name, int version, String file, String r2) {
    write(document(WORKSPACE + workspace));
    write(document(WORKSPACE + workspace + "/models/" + name));
    ObjectNode model = document(WORKSPACE + workspace + "/models/" + name + "/versions/" + version);
    model.withObject("/properties/tags").put("gate", "passed").put("metric.r2", r2);
    String manifest = Json.object().put("MLmodel", file.repeat(32)).toString();
    model.withObject("/properties/properties").put("mlops.manifest", manifest);
    write(model);
  }

  private static ObjectNode document(String id) {
    ObjectNode document = Json.object().put("id", id).put("location", "eastus2");
    document.put("name", id.substring(id.lastIndexOf('/') + 1)).putObject("properties");
    document.putObject("systemData").put("createdAt", "2026-11-30T09:00:00Z");
    return document;
  }

  private void write(ObjectNode document) {
    StateTree state = taxi.cloud().azure().state();
    state.write(document.path("id").asText(), document);
  }

  private void reviewers(int person) {
    ObjectNode body = Json.object();
    body.putArray("reviewers").addObject().put("type", "User").put("id", person);
    String path = TaxiRepository.PATH + "/environments/Prod";
    assertEquals(200, taxi.gitHub("PUT", path, body.toString()).status());
  }

  private int approve(long run, String more) {
    return taxi.run("approve --repo octo-org/taxi --env prod --run " + run + more);
  }

  private JsonNode said(long run) {
    return taxi.gitHub(RUN + run + "/approvals");
  }

  @Test
  void what_is_let_go_on_is_shown_first() {
    long run = taxi.waiting("Prod").number();

    assertEquals(0, approve(run, " --plan"), mlops.err());

    String shown = mlops.out();
    assertTrue(shown.contains("by hubot on main, commit 012345678901"), shown);
    assertTrue(shown.contains("version 2, files "), shown);
    assertTrue(shown.contains("version 1 serves now; r2 0.91 → 0.98"), shown);
    assertTrue(shown.contains("approval for prod"), shown);
    assertEquals(0, said(run).size());

    assertEquals(0, approve(run, " -o json"), mlops.out());

    String files = mlops.json().at("/result/files").asText();
    assertEquals(16, files.length());
    assertEquals("0.98", mlops.json().at("/result/candidate/metrics/r2").asText());
    assertEquals("approved", said(run).at("/0/state").asText());
    assertEquals(
        "taxi-model-mlops-demo version 2, files " + files, said(run).at("/0/comment").asText());
    assertEquals("queued", taxi.gitHub(RUN + run + "/jobs").at("/jobs/0/status").asText());
    assertEquals(0, approve(run, ""));
    assertTrue(mlops.out().contains("approved by mona already"), mlops.out());
    assertEquals(1, said(run).size());
    assertEquals(3, approve(run, " --reject"));
    assertTrue(mlops.err().contains("ReviewedAlready"), mlops.err());
  }

  @Test
  void a_job_that_is_rejected_fails() {
    long run = taxi.waiting("Prod").number();

    assertEquals(0, approve(run, " --reject --comment worse"), mlops.err());

    assertEquals("rejected", said(run).at("/0/state").asText());
    assertTrue(said(run).at("/0/comment").asText().startsWith("worse (taxi-model"));
    assertEquals("failure", taxi.gitHub(RUN + run).path("conclusion").asText());
    assertEquals(1, taxi.run("github doctor --repo octo-org/taxi --run " + run));
    assertTrue(mlops.err().contains("before its first step: rejected by mona"), mlops.err());
  }

  @Test
  void what_cannot_be_approved_is_told() {
    long run = taxi.waiting("Prod").number();
    assertEquals(1, approve(1, ""));
    assertTrue(mlops.err().contains("RunNotFound"), mlops.err());
    assertEquals(1, taxi.run("approve --repo octo-org/taxi --env Test --run " + run));
    assertTrue(mlops.err().contains("waits for nobody in Test"), mlops.err());
    assertTrue(mlops.err().contains("It waits in Prod."), mlops.err());
    assertEquals(2, taxi.run("approve --repo octo-org/taxi --env prd --run " + run));
    assertTrue(mlops.err().contains("Did you mean prod?"), mlops.err());
    assertEquals(2, taxi.run("approve --env prod --run " + run));
    assertEquals(2, taxi.run("approve --repo octo-org/taxi --env prod --run seven"));
    reviewers(HUBOT);
    assertEquals(3, approve(run, ""));
    assertTrue(mlops.err().contains("One of these may: hubot"), mlops.err());
    assertEquals(0, said(run).size());
  }
}
