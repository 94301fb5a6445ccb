package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What {@code mlops batch-score} says of files that fail, as Azure documents it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ScoringFailuresTest {
  /** Each file says what is to become of it. */
  private static final String SCRIPT =
      """
      import os, signal, time
      def init(): pass
      def run(mini_batch):
          return [row(name) for name in mini_batch]
      def row(name):
          word = open(name).read().strip()
          if word == "raise":
              raise ValueError("cannot read " + os.path.basename(name))
          if word == "sleep":
              time.sleep(60)
          killed = os.path.join(os.environ["TMPDIR"], "killed")
          if word == "kill" and os.path.exists(killed):
              word = "again"
          elif word == "kill":
              open(killed, "w").close()
              os.kill(os.getpid(), signal.SIGKILL)
          return f"{os.path.basename(name)} 1 {word}"
      """;

  private Site site;

  @BeforeAll
  void promote(@TempDir Path folder) {
    site = Site.tiny(folder);
    site.write("dev/score/score.py", SCRIPT);
    assertEquals(0, site.run("replay", "--until", "promote-test"), site::said);
    for (String bad : List.of("raise", "sleep", "kill")) {
      for (int i = 0; i < 20; i++) {
        site.write("%s/f%02d.csv".formatted(bad, i), i == 7 ? bad : "fine");
      }
    }
  }

  @Test
  @Order(1)
  void with_threshold_minus_one_the_file_is_left_out() {
    deploy("mini_batch_size=1", "error_threshold=-1");
    assertEquals(0, score("raise"), site::said);
    assertEquals(19, site.predictions("test").size());
    assertTrue(site.predictions("test").stream().noneMatch(row -> row.contains("f07.csv")));
    assertTrue(log().contains("try 3 of 3: ValueError: cannot read f07.csv"), log());
    assertTrue(log().contains("1 of them failed; 19 files succeeded, 1 failed"), log());
  }

  @Test
  @Order(2)
  void with_threshold_zero_the_job_fails_and_says_why() {
    deploy("mini_batch_size=1", "error_threshold=0");
    assertEquals(1, score("raise"), site::said);
    says("JobFailed: ");
    says("failed items 1 is over the error threshold 0");
    says("ValueError: cannot read f07.csv");
    assertEquals(2, log().split("Traceback", -1).length, "once, though it was tried three times");
    assertTrue(log().contains("score.py\", line ") && !log().contains("worker.py"), log());
    assertTrue(log().contains("20 files in 20 mini batches, at most 2 workers\n"), log());
  }

  @Test
  @Order(3)
  void with_threshold_five_one_failed_file_does_no_harm_but_a_failed_mini_batch_of_ten_does() {
    deploy("mini_batch_size=1", "error_threshold=5");
    assertEquals(0, score("raise"), site::said);
    assertEquals(19, site.predictions("test").size());
    deploy("mini_batch_size=10", "error_threshold=5");
    assertEquals(1, score("raise"), site::said);
    says("failed items 10 is over the error threshold 5");
  }

  @Test
  @Order(4)
  void a_worker_killed_in_mid_batch_is_replaced() {
    deploy("mini_batch_size=1", "error_threshold=0");
    assertEquals(0, score("kill"), site::said);
    assertEquals(20, site.predictions("test").size());
    assertTrue(site.predictions("test").contains("f07.csv 1 again"), site::said);
    assertTrue(log().contains("the worker process ended in run(), exit code 137"), log());
  }

  @Test
  @Order(5)
  void a_mini_batch_that_is_too_slow_in_each_try_fails_the_job() {
    deploy(
        "mini_batch_size=1",
        "error_threshold=-1",
        "retry_settings.timeout=1",
        "retry_settings.max_retries=2");
    assertEquals(1, score("sleep"), site::said);
    says("The run() function in the entry script had timeout for 2 times");
    assertTrue(log().contains("The run() function had a timeout of 1 s"), log());
  }

  @Test
  @Order(6)
  void with_summary_only_there_are_no_predictions_and_failures_count_all_the_same() {
    deploy("mini_batch_size=1", "error_threshold=5", "output_action=summary_only");
    assertEquals(0, score("raise", "-o", "json"), site::said);
    assertTrue(site.mlops().json().at("/result/file").isNull(), site::said);
    assertEquals(0, score("raise"), site::said);
    assertTrue(site.mlops().out().contains("summary only"), site::said);
    deploy("mini_batch_size=1", "error_threshold=0", "output_action=summary_only");
    assertEquals(1, score("raise"), site::said);
    assertTrue(log().contains("ValueError: cannot read f07.csv"), log());
  }

  @Test
  @Order(7)
  void the_output_file_has_the_name_that_the_deployment_says() {
    deploy("output_file_name=mine.csv");
    assertEquals(0, score("kill", "-o", "json"), site::said);
    String uri = site.mlops().json().at("/result/uri").asText();
    assertTrue(uri.endsWith("/mine.csv"), uri);
    assertEquals(20, site.predictions("test").size());
  }

  @Test
  @Order(8)
  void without_the_role_of_its_identity_the_compute_may_not_read() {
    deploy("mini_batch_size=10");
    EmbeddedAzure azure = EmbeddedAzure.open(site.state(), EmbeddedAzureOptions.defaults());
    azure.state().walk("/subscriptions/" + EmbeddedAzureOptions.SUBSCRIPTION).stream()
        .map(r -> r.path("id").asText())
        .filter(id -> id.contains("/roleAssignments/") && id.contains("stgaccmlops2demodemo"))
        .forEach(id -> azure.state().delete(id));
    assertEquals(
        1,
        site.run(
            "batch-score",
            "--env",
            "test",
            "--force",
            "--input",
            "https://stgaccmlops2demodemo.blob.core.windows.net/mlopsdemotest/taxibatch/taxi-batch.csv"),
        site::said);
    says("does not have authorization to perform action");
  }

  /** Changes the deployment as its file and these settings say. */
  private void deploy(String... settings) {
    List<String> words = new ArrayList<>(List.of("promote", "--to", "test"));
    for (String setting : settings) {
      words.addAll(List.of("--set", setting));
    }
    assertEquals(0, site.run(words.toArray(String[]::new)), site::said);
  }

  private int score(String folder, String... more) {
    List<String> words = new ArrayList<>(List.of("batch-score", "--env", "test"));
    words.addAll(List.of("--input", site.path(folder).toString()));
    words.addAll(List.of("--logs", site.path("logs").toString()));
    words.addAll(List.of(more));
    return site.run(words.toArray(String[]::new));
  }

  /** The whole log of the scoring job, as --logs kept it. */
  private String log() {
    return site.read("logs/test/batchscoring.txt");
  }

  private void says(String text) {
    assertTrue(site.mlops().err().contains(text), site::said);
  }
}
