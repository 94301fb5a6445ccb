package mlops.emulator.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import mlops.Waiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batch scoring: the contract of scoring scripts, and what happens when they fail. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BatchScoringTest {
  private static final String SLOW =
      """
      import time
      def init(): pass
      def run(mini_batch):
          if mini_batch[0].endswith("f02.txt"): time.sleep(60)
          return list(mini_batch)
      """;

  private static final String UPPER =
      """
      import os
      def init():
          global word
          word = open(os.path.join(os.environ["AZUREML_MODEL_DIR"], "model", "word.txt")).read()
          print("model loaded")
      def run(mini_batch):
          return [f"{os.path.basename(f)} {word} {open(f).read()}" for f in mini_batch]
      """;

  @TempDir Path folder;
  private Rig rig;

  @BeforeEach
  void open() {
    rig = new Rig(folder);
    rig.model("m", "word.txt", "says");
    for (int i = 0; i < 20; i++) {
      rig.blob(Rig.ACCOUNT, Rig.BLOBSTORE, "in/f%02d.txt".formatted(i), "v" + i);
    }
  }

  @AfterEach
  void close() {
    rig.close();
  }

  /** Invokes a deployment with this script and waits for the end: its root run. */
  private ObjectNode score(String name, String script, String deployment) {
    rig.score(name, script, deployment);
    return rig.await(name);
  }

  private String predictions(ObjectNode run) {
    return rig.output(run, "score", "predictions.csv");
  }

  private static String message(ObjectNode run) {
    return run.at("/error/error/message").asText();
  }

  @Test
  void every_file_is_scored_and_the_results_stand_in_the_order_of_the_files() {
    ObjectNode run =
        score(
            "good",
            UPPER,
            "{miniBatchSize: 3, maxConcurrencyPerInstance: 2, resources: {instanceCount: 2}}");
    assertEquals("Completed", run.path("status").asText(), run::toPrettyString);
    String predictions = predictions(run);
    assertEquals(20, predictions.lines().count());
    assertTrue(predictions.startsWith("f00.txt says v0\nf01.txt says v1\n"), predictions);
    assertTrue(predictions.endsWith("f19.txt says v19\n"), predictions);
    ObjectNode child = rig.child("good", "batchscoring");
    assertEquals(run.path("outputs"), child.path("outputs"));
    assertTrue(rig.log(child).contains("model loaded"), rig.log(child));
    assertTrue(rig.log(child).contains("7 mini batches, 0 of them failed"), rig.log(child));
    assertEquals(rig.log(child), rig.log(run));
  }

  private static final String RAISES =
      """
      def init(): pass
      def run(mini_batch):
          for f in mini_batch:
              if f.endswith("f07.txt"): raise ValueError("cannot read f07")
          return list(mini_batch)
      """;

  @Test
  void with_threshold_minus_one_a_failing_file_is_left_out() {
    ObjectNode run = score("ignoring", RAISES, "{miniBatchSize: 1, errorThreshold: -1}");
    assertEquals("Completed", run.path("status").asText(), run::toPrettyString);
    assertEquals(19, predictions(run).lines().count());
    assertFalse(predictions(run).contains("f07.txt"));
    assertTrue(rig.log(run).contains("try 3 of 3: ValueError: cannot read f07"), rig.log(run));
  }

  @Test
  void with_threshold_zero_a_failing_file_ends_the_job() {
    ObjectNode run = score("strict", RAISES, "{miniBatchSize: 1, errorThreshold: 0}");
    assertEquals("Failed", run.path("status").asText());
    assertTrue(message(run).contains("failed items 1 is over the error threshold 0"), message(run));
    assertTrue(message(run).contains("cannot read f07"), message(run));
  }

  @Test
  void a_threshold_counts_files_and_not_mini_batches() {
    assertEquals(
        "Completed",
        score("five", RAISES, "{miniBatchSize: 5, errorThreshold: 5}").path("status").asText());
    ObjectNode four = score("four", RAISES, "{miniBatchSize: 5, errorThreshold: 4}");
    assertEquals("Failed", four.path("status").asText());
  }

  @Test
  void a_worker_killed_in_mid_batch_is_replaced_and_the_mini_batch_tried_again() {
    String killed =
        """
        import os, signal
        def init(): pass
        def run(mini_batch):
            flag = os.path.join(os.environ["TMPDIR"], "killed")
            if mini_batch[0].endswith("f03.txt") and not os.path.exists(flag):
                open(flag, "w").close()
                os.kill(os.getpid(), signal.SIGKILL)
            return list(mini_batch)
        """;
    ObjectNode run = score("killed", killed, "{miniBatchSize: 1, errorThreshold: 0}");
    assertEquals("Completed", run.path("status").asText(), run::toPrettyString);
    assertEquals(20, predictions(run).lines().count());
    assertTrue(rig.log(run).contains("exit code 137"), rig.log(run));
  }

  @Test
  void a_mini_batch_over_its_time_is_ended_and_counted() {
    ObjectNode run =
        score(
            "slow",
            SLOW,
            "{miniBatchSize: 1, errorThreshold: 0, retrySettings: {maxRetries: 1, timeout: PT1S}}");
    assertEquals("Failed", run.path("status").asText());
    assertTrue(message(run).contains("had timeout for 1 times, each after 1 s"), message(run));
  }

  @Test
  void a_mini_batch_over_its_time_in_each_try_ends_the_job_whatever_the_threshold() {
    ObjectNode run =
        score(
            "slower",
            SLOW,
            "{miniBatchSize: 1, errorThreshold: -1, retrySettings: {maxRetries: 2, timeout:"
                + " PT1S}}");
    assertEquals("Failed", run.path("status").asText());
    assertTrue(message(run).contains("had timeout for 2 times"), message(run));
    assertTrue(rig.log(run).contains("try 2 of 2"), rig.log(run));
  }

  @Test
  void of_an_mltable_the_files_that_it_means_are_scored() {
    rig.blob(
        Rig.ACCOUNT,
        Rig.BLOBSTORE,
        "in/MLTable",
        "paths: [{pattern: 'f0*.txt'}]\ntransformations: [{skip: 7}]\n");
    rig.score("table", UPPER, "{}", "mltable");
    ObjectNode run = rig.await("table");
    assertEquals("Completed", run.path("status").asText(), run::toPrettyString);
    assertEquals(
        "f07.txt says v7\nf08.txt says v8\nf09.txt says v9\n", predictions(run), "not MLTable");
  }

  @Test
  void summary_only_keeps_no_results() {
    ObjectNode run = score("summary", UPPER, "{outputAction: SummaryOnly}");
    assertEquals("Completed", run.path("status").asText(), run::toPrettyString);
    assertEquals(0, rig.blobs.list(Rig.ACCOUNT, Rig.BLOBSTORE, "azureml/summary/score/").size());
    assertTrue(rig.log(run).contains("20 files succeeded, 0 failed; 20 results"), rig.log(run));
  }

  @Test
  void an_init_that_raises_ends_the_job_with_its_words() {
    ObjectNode run =
        score("broken", "def init(): raise OSError('no model here')\ndef run(b): return b\n", "{}");
    assertEquals("Failed", run.path("status").asText());
    assertTrue(message(run).contains("OSError: no model here"), message(run));
  }

  @Test
  void when_nothing_succeeds_the_job_fails_even_if_failures_are_ignored() {
    ObjectNode run =
        score(
            "nothing",
            "def init(): pass\ndef run(b): raise ValueError('no')\n",
            "{errorThreshold: -1}");
    assertEquals("Failed", run.path("status").asText());
    assertTrue(message(run).contains("There is no succeeded mini batch item"), message(run));
  }

  @Test
  void a_cancelled_job_ends_its_workers() {
    rig.score("stopped", "import time\ndef init(): pass\ndef run(b): time.sleep(63)\n", "{}");
    Waiting.until(() -> rig.root("stopped").path("status").asText().equals("Running"));
    rig.cancel("stopped");
    assertEquals("Canceled", rig.await("stopped").path("status").asText());
  }

  @Test
  void an_output_that_is_there_is_not_written_over() {
    score("again", UPPER, "{}");
    rig.state.write(
        Rig.WORKSPACE + "/batchjobs/again2",
        rig.state
            .read(Rig.WORKSPACE + "/batchjobs/again")
            .orElseThrow()
            .<ObjectNode>set(
                "output",
                Rig.tree("{datastoreId: workspaceblobstore, path: azureml/again/score}")));
    ObjectNode second = rig.run("again2", "jobType: Pipeline");
    assertTrue(message(second).startsWith("Output already exists"), second::toPrettyString);
  }

  @Test
  void a_thousand_files_go_through_warm_workers() {
    for (int i = 0; i < 980; i++) {
      rig.blob(Rig.ACCOUNT, Rig.BLOBSTORE, "in/g%03d.txt".formatted(i), "w" + i);
    }
    String slow = UPPER.replace("def init():", "import time\ndef init():\n    time.sleep(1)");
    ObjectNode run = score("many", slow, "{miniBatchSize: 10, maxConcurrencyPerInstance: 2}");
    assertEquals("Completed", run.path("status").asText(), run::toPrettyString);
    assertEquals(1000, predictions(run).lines().count());
    assertEquals(2, rig.log(run).lines().filter(l -> l.equals("model loaded")).count());
  }
}
