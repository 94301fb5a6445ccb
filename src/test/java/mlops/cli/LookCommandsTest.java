package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** {@code mlops jobs}, {@code logs} and {@code show} on a trained model. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LookCommandsTest {
  private Site site;
  private String trained = "";

  @BeforeAll
  void train(@TempDir Path folder) {
    site = Site.tiny(folder);
    assertEquals(0, site.run("jobs"), site::said);
    assertTrue(site.mlops().out().contains("does not exist: mlops bootstrap"), site::said);
    assertEquals(1, site.run("show", "workspace.dev"), site::said);
    assertTrue(site.mlops().err().contains("Azure has nothing of workspace.dev yet"), site::said);
    assertEquals(0, site.run("replay", "--until", "train", "-o", "json"), site::said);
    trained = site.mlops().json().at("/result/train/job").asText();
  }

  /** First, while there is one job. */
  @Test
  @Order(1)
  void the_main_screens_are_as_kept_at_60_and_80_and_120_columns() throws IOException {
    for (String line :
        List.of(
            "bootstrap --plan",
            "bootstrap --plan --explain",
            "train",
            "train --explain",
            "promote --to test --plan",
            "promote --to test --plan --explain",
            "batch-score --env test --plan --explain",
            "compare --plan --explain",
            "report --plan --explain",
            "github connect --repo octo-org/taxi --plan --explain",
            "status",
            "guide",
            "jobs",
            "show compute.dev")) {
      Screens.check(site, line);
    }
  }

  /** Second, while there are no further jobs. */
  @Test
  @Order(2)
  void the_screens_of_what_comes_later_explain_each_step_at_60_and_80_and_120_columns()
      throws IOException {
    says(0, "bootstrap demo done", "bootstrap", "--via", "registry");
    Screens.check(site, "promote --to test --via registry --plan --explain");
    says(0, "github connect demo done", "github", "connect", "--repo", "octo-org/taxi");
    Screens.check(site, "github disconnect --repo octo-org/taxi --plan --explain");
    Site.copy(Path.of("features"), site.path("features"));
    Screens.check(site, "features apply --plan --explain");
    says(0, "features apply demo done", "features", "apply");
    Screens.check(site, "features materialize --from 2015-01-01 --to 2015-01-02 --plan --explain");
    Screens.check(site, "destroy --plan --explain");
  }

  private JsonNode jobs() {
    assertEquals(0, site.run("jobs", "--env", "dev", "-o", "json"), site::said);
    return site.mlops().json().at("/result/dev/jobs");
  }

  private JsonNode trained() {
    for (JsonNode job : jobs()) {
      if (job.path("name").asText().equals(trained)) {
        return job;
      }
    }
    throw new AssertionError(site.said());
  }

  private void says(int exitCode, String expected, String... words) {
    assertEquals(exitCode, site.run(words), site::said);
    assertTrue(site.said().contains(expected), site::said);
  }

  @Test
  void a_job_is_listed_with_what_it_registered() {
    JsonNode job = trained();
    assertEquals("Completed", job.path("status").asText());
    assertEquals("1", job.at("/models/0/version").asText());
    assertTrue(job.path("seconds").isNumber(), job::toString);
    says(0, "taxi-model-mlops-demo 1", "jobs");
    says(0, "test  ml-mlopsdemo-demo-02\n      no job yet\n", "jobs", "--limit", "1");
    says(2, "Did you mean dev?", "jobs", "--env", "dve");
    says(2, "Give a number from 1 on.", "jobs", "--limit", "0");
  }

  @Test
  void the_log_of_a_pipeline_has_the_name_of_the_step_before_each_line() {
    assertEquals(0, site.run("logs", trained), site::said);
    String register = "register │ Output 'registered_model' is registered as ";
    assertTrue(site.mlops().out().lines().anyMatch(l -> l.startsWith(register)), site::said);
    assertTrue(site.mlops().err().contains(trained + " ended as Completed after "), site::said);
    assertEquals(0, site.run("logs", trained, "--step", "register", "-o", "json"), site::said);
    JsonNode steps = site.mlops().json().at("/result/steps");
    assertEquals(1, steps.size());
    assertTrue(steps.at("/0/log").asText().contains("is registered as "), site::said);
    says(2, "Did you mean register?", "logs", trained, "--step", "regster");
    says(1, "Did you mean " + trained + "?", "logs", trained + "x");
    says(2, "which is no name of anything", "logs", "../models");
  }

  @Test
  void a_job_that_runs_is_followed_to_its_end_and_ends_as_it_does() {
    String slow = submit("echo begun; sleep 1; printf 'not ended'");
    assertEquals(0, site.run("logs", slow, "--follow"), site::said);
    assertTrue(site.mlops().out().endsWith("begun\nnot ended\n"), site::said);
    String failing = submit("echo it breaks; exit 7");
    says(1, "ended as Failed", "logs", failing, "--follow");
    assertTrue(site.mlops().out().contains("it breaks\n"), site::said);
    says(0, "ended as Failed", "logs", failing);
    assertEquals(1, site.run("logs", failing, "--follow", "-o", "json"), site::said);
    assertEquals("Failed", site.mlops().json().at("/result/status").asText());
  }

  private String submit(String script) {
    site.write(
        "slow.yml",
        """
        type: command
        command: |
          %s
        environment: azureml:taxi-train-env-demo-mlops@latest
        compute: azureml:mlopsdemo-cluster-dev
        """
            .formatted(script));
    String file = site.path("slow.yml").toString();
    assertEquals(0, site.run("train", "--file", file, "--no-wait", "-o", "json"), site::said);
    return site.mlops().json().at("/result/job").asText();
  }

  @Test
  void what_azure_has_of_a_step_is_shown() {
    says(0, "minNodeCount", "show", "compute.dev");
    assertFalse(site.mlops().out().contains("/resourceGroups/rg-demo-mlops-demo,"), site::said);
    assertEquals(0, site.run("show", "workspace.dev", "-o", "json"), site::said);
    JsonNode found = site.mlops().json().at("/result/found/0");
    assertEquals("ml-mlopsdemo-demo-01", found.path("name").asText());
    says(0, "b7e6dc6d-f1e8-4753-8033-0f276bb0955b", "show", "role.storage.identity");
    says(0, "mlopsdemotest", "show", "upload.test.taxi-batch");
    says(0, "Completed", "show", "submit");
  }

  @Test
  void in_a_terminal_each_command_says_what_comes_next() {
    Transcript terminal = Transcript.of(site.state()).typing("");
    String[] same = {"--profile", site.path("mlops.yml").toString(), "--suffix", "demo"};
    for (String[] pair :
        new String[][] {
          {"status", "promote --to test"},
          {"jobs --env dev", "logs "},
          {"promote --to test --plan", "promote --to test"},
          {"train", "promote --to test"},
          {"bootstrap", "train"}
        }) {
      List<String> words = new ArrayList<>(List.of(pair[0].split(" ")));
      words.addAll(List.of(same));
      assertEquals(0, terminal.run(words.toArray(String[]::new)), terminal::err);
      String last = terminal.err().substring(terminal.err().lastIndexOf("Next: ")).strip();
      assertTrue(last.startsWith("Next: mlops " + pair[1]), last);
      assertTrue(last.endsWith(" --suffix demo"), last);
    }
    assertEquals(0, site.run("status"), site::said);
    assertEquals("", site.mlops().err(), "nobody watches a pipe");
  }

  @Test
  void resources_and_jobs_are_found_by_name_and_by_id() {
    says(0, "/models/taxi-model-mlops-demo/versions", "show", "taxi-model-mlops-demo");
    says(0, "Pipeline", "show", trained);
    assertEquals(0, site.run("show", "key-vault.dev", "-o", "json"), site::said);
    JsonNode vault = site.mlops().json().at("/result/found/0");
    says(0, vault.at("/properties/vaultUri").asText(), "show", vault.path("name").asText());
    says(0, "vaultUri", "show", vault.path("id").asText());
    says(
        2,
        "Azure knows no type Microsoft.Nothing/here",
        "show",
        "/providers/Microsoft.Nothing/here/x");
    says(2, "Did you mean workspace.dev?", "show", "workspace.dve");
    says(2, "See for yourself: ", "show", "compare");
  }
}
