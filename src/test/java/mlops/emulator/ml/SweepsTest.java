package mlops.emulator.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mlops.MlflowCall;
import mlops.emulator.ml.MlCloud.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps really run: trials as processes, judged by the metric that they log by MLflow. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SweepsTest {
  private static final String WS = MlCloud.WORKSPACE;
  private static final String HISTORY = MlCloud.API + "/history/v1.0" + WS;
  private static final String ENVIRONMENT = WS + "/environments/plain/versions/1";

  /** Logs its argument as the metric, as MLflow's client does. */
  private static final String LOG =
      "cat > log.py <<\\EOF\n"
          + MlflowCall.PYTHON
          + """
          mlflow("log-metric", key="loss", value=float(sys.argv[1]), timestamp=1)
          EOF
          python3 log.py\s""";

  @TempDir Path folder;
  private MlCloud ml;

  @BeforeEach
  void open() {
    ml = MlCloud.in(folder);
    ml.put(ENVIRONMENT, "{'properties':{'image':'ubuntu'}}");
  }

  private static String log(String value) {
    return LOG + value;
  }

  /** A JSON text. */
  private static String text(String text) {
    return TextNode.valueOf(text).toString();
  }

  /** A sweep over x, whose trials run a command. */
  private static String sweep(String command, String values, String more) {
    return """
        {'properties':{'jobType':'Sweep','samplingAlgorithm':{'samplingAlgorithmType':'Grid'},
          'objective':{'goal':'Minimize','primaryMetric':'loss'},
          'searchSpace':{'x':['choice',[%s]]},'limits':{'jobLimitsType':'Sweep','maxConcurrentTrials':2},
          'inputs':{'word':{'jobInputType':'literal','value':'said'}},
          'outputs':{'out':{'jobOutputType':'uri_folder'}},
          'trial':{'command':%s,'environmentId':'%s'}%s}}"""
        .formatted(values, text(command), ENVIRONMENT, more);
  }

  private JsonNode run(String name, String body) {
    Answer made = ml.put(WS + "/jobs/" + name, body);
    assertEquals(201, made.status(), () -> made.json().toString());
    return ml.await(WS + "/jobs/" + name).path("properties");
  }

  private List<JsonNode> children(String run) {
    List<JsonNode> children = new ArrayList<>();
    ml.get(HISTORY + "/runs/" + run + "/children").json().path("value").forEach(children::add);
    return children;
  }

  private String error(String run) {
    return ml.get(HISTORY + "/runs/" + run + "/details").json().path("error").toString();
  }

  @Test
  void the_best_trial_gives_the_sweep_its_outputs() {
    String command =
        log("${{search_space.x}}")
            + " && echo ${{inputs.word}} ${{search_space.x}} > ${{outputs.out}}/said.txt";
    JsonNode job = run("grid", sweep(command, "[3,1,2]", ""));
    assertEquals("Completed", job.path("status").asText(), () -> error("grid"));
    assertEquals("grid_1", job.at("/properties/best_child_run_id").asText());
    assertEquals("1.0", job.at("/properties/score").asText());
    assertEquals("said 1\n", ml.text(job.at("/outputs/out/uri").asText(), "said.txt"));
    assertEquals(3, children("grid").size());
    JsonNode first = children("grid").get(0);
    assertEquals("{\"x\":3}", first.at("/tags/hyperparameters").asText());
    JsonNode trial = ml.get(WS + "/jobs/grid_1").json().path("properties");
    assertTrue(
        trial.path("command").asText().endsWith("${{inputs.word}} 1 > ${{outputs.out}}/said.txt"));
    JsonNode logs = ml.get(HISTORY + "/runs/grid/details").json().path("logFiles");
    assertTrue(logs.has("azureml-logs/hyperdrive.txt"), logs::toString);
    ml.assertAsDocumented();
  }

  @Test
  void a_policy_ends_a_poor_trial_and_a_limit_a_slow_one() {
    String log = log("${{search_space.x}}");
    // whichever logs first: a policy looks at a trial each time that it logs
    String again = "for i in $(seq 60); do sleep 1; %s; done".formatted(log);
    String command = log + "; [ ${{search_space.x}} = 1 ] || " + again;
    JsonNode job =
        run(
            "bandit",
            sweep(
                    command,
                    "[1,5]",
                    ",'earlyTermination':{'policyType':'Bandit','slackFactor':0.5,'evaluationInterval':1}")
                .replace("'uri_folder'", "'uri_folder','assetName':'best'"));
    assertEquals("Completed", job.path("status").asText(), () -> error("bandit"));
    assertEquals(200, ml.get(WS + "/data/best/versions/1").status());
    assertEquals(404, ml.get(WS + "/data/best/versions/2").status(), "only the best is kept");
    assertEquals("bandit_0", job.at("/properties/best_child_run_id").asText());
    assertEquals("Canceled", children("bandit").get(1).path("status").asText());
    JsonNode slow =
        run(
            "slow",
            sweep("sleep ${{search_space.x}}", "[0,65]", "")
                .replace("'maxConcurrentTrials':2", "'trialTimeout':'PT3S'"));
    assertEquals("Completed", slow.path("status").asText(), () -> error("slow"));
    assertEquals("Canceled", children("slow").get(1).path("status").asText());
    assertTrue(slow.at("/properties/best_child_run_id").isMissingNode(), "nothing was logged");
  }

  @Test
  void who_cancels_a_sweep_cancels_its_trials_and_one_whose_trials_fail_fails() {
    ml.put(WS + "/jobs/long", sweep("sleep 66", "[1,2,3]", ""));
    ml.until(() -> !children("long").isEmpty());
    assertEquals(202, ml.post(WS + "/jobs/long/cancel", "").status());
    assertEquals("Canceled", ml.await(WS + "/jobs/long").at("/properties/status").asText());
    children("long").forEach(c -> assertEquals("Canceled", c.path("status").asText()));
    assertTrue(children("long").size() < 3, "nothing new starts");
    JsonNode failed = run("failed", sweep("exit 3", "[1]", ""));
    assertEquals("Failed", failed.path("status").asText());
    assertTrue(
        error("failed").contains("User errors were found in at least one of the child runs"));
    JsonNode late =
        run(
            "late",
            sweep("sleep 67", "[1]", "")
                .replace("'jobLimitsType'", "'timeout':'PT1S','jobLimitsType'"));
    assertEquals("Canceled", late.path("status").asText());
  }

  @Test
  void a_step_of_a_pipeline_hands_on_what_its_best_trial_made() {
    ml.put(
        WS + "/components/try/versions/1",
        "{'properties':{'componentSpec':{'type':'command','name':'try','version':'1','environment':'azureml:%s','command':%s,'inputs':{'x':{'type':'number'},'word':{'type':'string','default':'default'}},'outputs':{'out':{'type':'uri_folder'}}}}}"
            .formatted(
                ENVIRONMENT,
                text(
                    log("${{inputs.x}}")
                        + " && echo ${{inputs.word}} ${{inputs.x}} > ${{outputs.out}}/said.txt")));
    String pipeline =
        """
            {'properties':{'jobType':'Pipeline','outputs':{'final':{'jobOutputType':'uri_folder'}},'jobs':{
              'search':{'type':'sweep','trial':{'componentId':'%s/components/try/versions/1'},
                'sampling_algorithm':'random','objective':{'goal':'maximize','primary_metric':'loss'},
                'search_space':{'x':{'type':'choice','values':[4,8]}},'limits':{'max_total_trials':2},
                'outputs':{'out':{'type':'literal','value':'${{parent.outputs.final}}'}}}}}}"""
            .formatted(WS);
    JsonNode job = run("pipe", pipeline);
    assertEquals("Completed", job.path("status").asText(), () -> error("pipe"));
    assertEquals("default 8\n", ml.text(job.at("/outputs/final/uri").asText(), "said.txt"));
    String step = children("pipe").get(0).path("runId").asText();
    JsonNode view = ml.get(WS + "/jobs/" + step).json().path("properties");
    assertEquals("Sweep", view.path("jobType").asText());
    assertEquals("[\"choice\",[[4,8]]]", view.at("/searchSpace/x").toString());
    assertEquals(2, children(step).size());
    run("again", pipeline);
    JsonNode reused = children("again").get(0);
    assertEquals(step, reused.at("/properties/azureml.reusedrunid").asText(), reused::toString);
    run("more", pipeline.replace("'max_total_trials':2", "'max_total_trials':1"));
    assertFalse(children("more").get(0).path("properties").has("azureml.isreused"));
    ml.assertAsDocumented();
  }

  @Test
  void a_sweep_that_is_wrong_or_not_done_here_is_refused_when_it_is_submitted() {
    String grid = sweep("true", "[1]", "");
    for (String wrong :
        List.of(
            grid.replace("'primaryMetric':'loss'", "'primaryMetric':''"),
            grid.replace("'choice',[[1]]", "'uniform',[0,1]"),
            grid.replace("'command':\"true\"", "'command':''"),
            sweep("true", "[1]", ",'earlyTermination':{'policyType':'Luck'}"))) {
      assertEquals(400, ml.put(WS + "/jobs/wrong", wrong).status(), wrong);
    }
    String bayesian =
        grid.replace("'Grid'", "'Bayesian'").replace("'choice',[[1]]", "'normal',[0,1]");
    Answer refused = ml.put(WS + "/jobs/wrong", bayesian);
    assertEquals(400, refused.status());
    assertTrue(refused.json().toString().contains("choice, uniform and quniform"));
  }
}
