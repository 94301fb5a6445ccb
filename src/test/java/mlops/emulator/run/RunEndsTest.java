package mlops.emulator.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mlops.Waiting;
import mlops.emulator.run.record.JobId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each run ends, root or child, whatever becomes of its work; and its log is there by then. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RunEndsTest {
  @TempDir Path folder;
  private Rig rig;

  @AfterEach
  void close() {
    rig.close();
  }

  @BeforeEach
  void open() {
    rig = new Rig(folder);
  }

  private static String pipeline(String command) {
    return """
        jobType: Pipeline
        settings: {default_compute: cpu}
        jobs: {only: {command: "%s"}}
        """
        .formatted(command);
  }

  private static void assertFailed(String code, ObjectNode run) {
    assertEquals("Failed", run.path("status").asText(), run::toPrettyString);
    assertEquals(code, run.at("/error/error/code").asText(), run::toPrettyString);
    assertTrue(run.path("endTimeUtc").isTextual(), run::toPrettyString);
  }

  @Test
  void a_child_that_dies_of_an_error_fails_and_its_pipeline_with_it() {
    Path small = folder.resolve("small");
    try (Rig apart = new Rig(small, HostOfTests.command(small, "-Xmx40m"))) {
      ObjectNode job = Rig.tree(pipeline("echo " + "${{inputs.x}}".repeat(100)));
      job.at("/jobs/only")
          .<ObjectNode>require()
          .putObject("inputs")
          .putObject("x")
          .put("job_input_type", "literal")
          .put("value", "y".repeat(1 << 20));
      apart.submit("large", job);
      ObjectNode run = apart.await("large");
      assertFailed("InternalError", apart.child("large", "only"));
      assertFailed("InternalError", run);
      assertTrue(run.toString().contains("OutOfMemoryError"), run::toPrettyString);
    }
  }

  @Test
  void a_child_whose_files_cannot_be_read_fails_and_its_pipeline_with_it() {
    rig.run("mistake", pipeline("rm ../std_log.txt && mkdir ../std_log.txt && exit 3"));
    assertFailed("DiskFailed", rig.child("mistake", "only"));
    assertFailed("DiskFailed", rig.root("mistake"));
  }

  @Test
  void a_command_that_deletes_its_log_or_replaces_its_output_fails_as_its_own_fault() {
    rig.run("logless", pipeline("rm ../std_log.txt; exit 3"));
    assertFailed("UserError", rig.child("logless", "only"));
    ObjectNode job = Rig.tree(pipeline("rmdir ${{outputs.o}} && touch ${{outputs.o}}"));
    job.at("/jobs/only").<ObjectNode>require().set("outputs", Rig.tree("o: {type: uri_folder}"));
    rig.submit("replaced", job);
    rig.await("replaced");
    assertFailed("UserError", rig.child("replaced", "only"));
  }

  @Test
  void a_child_whose_log_finds_no_container_any_more_fails_in_azures_words() {
    rig.submit("homeless", pipeline("sleep 1; echo late"));
    Waiting.until(
        () ->
            rig.children("homeless").stream()
                .anyMatch(c -> c.path("status").asText().equals("Running")));
    rig.deleteContainer(Rig.ACCOUNT, Rig.ARTIFACTS);
    rig.await("homeless");
    assertFailed("ContainerNotFound", rig.child("homeless", "only"));
  }

  @Test
  void a_scoring_whose_compute_was_deleted_ends_with_its_child() {
    rig.model("m", "word.txt", "says");
    rig.state.delete(Rig.WORKSPACE + "/computes/cpu");
    rig.score("nowhere", "def init(): pass\ndef run(b): return b\n", "{}");
    assertFailed("UserError", rig.await("nowhere"));
    assertFailed("UserError", rig.child("nowhere", "batchscoring"));
  }

  @Test
  void a_pipeline_whose_compute_was_deleted_ends_with_its_child() {
    rig.state.delete(Rig.WORKSPACE + "/computes/cpu");
    assertFailed("UserError", rig.run("nowhere", pipeline("true")));
    assertFailed("UserError", rig.child("nowhere", "only"));
  }

  @Test
  void a_job_whose_document_is_gone_ends() {
    JobId job = new JobId(Rig.WORKSPACE + "/jobs/gone");
    rig.executor.start(
        job.id(),
        () -> {
          rig.services.run(job, "gone").create("gone", "", "gone", r -> {});
          return true;
        });
    assertFailed("UserError", rig.await("gone"));
  }

  @Test
  void a_job_whose_workspace_is_deleted_stops_and_writes_nothing_back() {
    Path mark = folder.resolve("mark");
    rig.submit("homeless", pipeline("touch %s; sleep 75".formatted(mark)));
    Waiting.until(() -> Files.exists(mark));
    rig.state.delete(Rig.WORKSPACE);
    Waiting.until(() -> rig.state.list("/executor/hosts").isEmpty());
    assertEquals(List.of(), rig.state.list(Rig.WORKSPACE + "/runs"));
  }

  @Test
  void children_of_a_cancelled_pipeline_are_cancelled_with_it() {
    rig.submit(
        "stop",
        """
        jobType: Pipeline
        settings: {default_compute: cpu}
        jobs:
          inner: {component: {type: pipeline, jobs: {leaf: {command: "echo here; sleep 66"}}}}
        """);
    Waiting.until(
        () ->
            rig.children("stop").stream()
                .anyMatch(
                    c ->
                        c.path("name").asText().equals("leaf")
                            && c.path("status").asText().equals("Running")));
    rig.cancel("stop");
    rig.await("stop");
    List<String> ends =
        rig.children("stop").stream().map(c -> c.path("status").asText()).distinct().toList();
    assertEquals(List.of("Canceled"), ends);
  }

  @Test
  void whoever_sees_the_end_of_a_run_sees_its_whole_log() {
    rig.submit("loud", pipeline("seq 1 20000"));
    rig.await("loud");
    assertTrue(rig.log(rig.child("loud", "only")).endsWith("\n20000\n"));
    String told = rig.artifact(rig.root("loud"), "logs/azureml/executionlogs.txt");
    assertTrue(told.contains(": Completed"), told);
  }
}
