package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import mlops.MlflowCall;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The gate of a job that does not judge: mlops holds its limits against what was logged. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LoggedGateTest {
  private static final String JOB =
      """
      command: python own.py ${{inputs.auc}} ${{inputs.flag}} ${{outputs.model}}
      code: ./src
      environment: azureml:taxi-train-env-demo-mlops@latest
      compute: azureml:mlopsdemo-cluster-dev
      experiment_name: own
      inputs:
        auc: 0.8
        flag: none
      outputs:
        model: {type: custom_model, name: taxi-model-mlops-demo}
      """;

  private static final String PROGRAM =
      MlflowCall.PYTHON
          + """
          auc, flag, folder = sys.argv[1:]
          mlflow("log-metric", key="test auc", value=float(auc))
          with open(os.path.join(folder, "factor.txt"), "w") as file:
              file.write(auc)
          if flag != "none":
              with open(os.path.join(os.path.dirname(folder), "deploy_flag", "deploy_flag"), "w") as file:
                  file.write(flag)
          """;

  /** Makes a run below its own and renames itself, as azureml-core does. */
  private static final String PARENT =
      """
      import json, os, time, urllib.request
      history = (os.environ["AZUREML_SERVICE_ENDPOINT"] + "/history/v1.0"
          + os.environ["MLFLOW_TRACKING_URI"].split("/v2.0")[1]
          + "/experimentids/" + os.environ["AZUREML_EXPERIMENT_ID"] + "/runs/")
      def patch(run, body):
          urllib.request.urlopen(urllib.request.Request(
              history + run, json.dumps(body).encode(),
              {"Authorization": "Bearer " + os.environ["AZUREML_RUN_TOKEN"]}, method="PATCH"))
      own = os.environ["AZUREML_RUN_ID"]
      print("the beginning")
      patch("kid", {"parentRunId": own, "status": "Completed", "name": "kid"})
      patch(own, {"displayName": "another name"})
      time.sleep(1)
      print("the end")
      """;

  private Site site;

  @BeforeAll
  void bootstrap(@TempDir Path folder) {
    site = Site.tiny(folder);
    site.write("dev/pipeline.yml", JOB);
    site.write("dev/src/own.py", PROGRAM);
    assertEquals(0, site.run("bootstrap"), site::said);
  }

  @Test
  @Order(1)
  void a_limit_that_nobody_logs_a_metric_for_lets_nothing_pass() {
    assertEquals(3, site.run("train"), site::said);
    assertTrue(site.said().contains("r2 has a limit in the profile and was not measured"));
    assertTrue(site.said().contains("is archived"), site::said);
  }

  @Test
  @Order(2)
  void a_metric_of_any_name_is_judged_as_it_was_logged() {
    site.change("mlops.yml", "  r2:\n    min: 0.7\n", "  test auc: {min: 0.75}\n");
    assertEquals(0, site.run("train", "--set", "inputs.auc=0.9"), site::said);
    assertTrue(site.said().contains("test auc       0.9000"), site::said);
    assertTrue(site.said().contains("test auc 0.900000 is at least 0.75"), site::said);
    assertEquals(0, site.run("status"), site::said);
    assertTrue(site.said().contains("gate passed  test auc 0.900000"), site::said);
    assertEquals(3, site.run("train", "--set", "inputs.auc=0.7"), site::said);
    assertTrue(site.said().contains("GateRefused: test auc 0.7 is below 0.75"), site::said);
  }

  @Test
  @Order(3)
  void a_deploy_flag_of_one_digit_is_a_verdict_too() {
    String output = "  deploy_flag: {type: uri_folder}\n";
    site.write("dev/pipeline.yml", JOB + output);
    assertEquals(1, site.run("train"), site::said);
    assertTrue(site.said().contains("it wrote nothing into its output deploy_flag"), site::said);
    assertEquals(3, site.run("train", "--set", "inputs.flag=0"), site::said);
    assertTrue(site.said().contains("the deploy_flag of the job is 0"), site::said);
    assertEquals(0, site.run("train", "--set", "inputs.flag=1"), site::said);
    assertTrue(site.said().contains("test auc       0.8000"), site::said);
  }

  @Test
  @Order(4)
  void the_log_of_a_job_is_kept_whole_although_it_makes_runs_and_renames_itself() {
    site.write("dev/src/own.py", PARENT);
    site.write("dev/own.yml", JOB.replaceAll("(?s)inputs:.*", "").replaceAll(" .\\{\\{.*", ""));
    String logs = site.path("logs").toString();
    String file = site.path("dev/own.yml").toString();
    assertEquals(0, site.run("train", "--file", file, "--logs", logs, "-o", "json"), site::said);
    String job = site.mlops().json().at("/result/job").asText();
    String log = site.read("logs/" + job + ".txt");
    assertTrue(log.contains("the beginning\nthe end"), log);
  }
}
