package mlops.emulator.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import mlops.Waiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs in processes of their own share the nodes of a cluster and the cores of the machine. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SharedSlotsTest {
  private static final String SCRIPT =
      """
      import os, time
      def init(): pass
      def run(mini_batch):
          os.mkdir("%s"); time.sleep(0.5); os.rmdir("%s")
          return list(mini_batch)
      """;

  @TempDir Path folder;
  private Rig rig;

  @BeforeEach
  void open() {
    rig = new Rig(folder, HostOfTests.command(folder));
    rig.compute("single", 1); // each process of the test makes cpu anew
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static String job(String command) {
    return "jobType: Command\ncomputeId: single\ncommand: " + command + "\n";
  }

  private void assertCompleted(String name) {
    ObjectNode run = rig.await(name);
    assertEquals("Completed", run.path("status").asText(), run::toPrettyString);
  }

  @Test
  void a_cluster_of_one_node_runs_one_job_after_the_other() {
    Path busy = folder.resolve("busy");
    for (int i = 0; i < 3; i++) {
      rig.submit("job" + i, job("mkdir %s && sleep 0.5 && rmdir %s".formatted(busy, busy)));
    }
    IntStream.range(0, 3).forEach(i -> assertCompleted("job" + i));
  }

  @Test
  void a_scoring_takes_its_nodes_like_any_job() {
    Path busy = folder.resolve("busy");
    rig.model("m", "word.txt", "says");
    rig.blob(Rig.ACCOUNT, Rig.BLOBSTORE, "in/x.txt", "x");
    rig.submit("first", job("mkdir %s && sleep 1 && rmdir %s".formatted(busy, busy)));
    rig.score(
        "scores",
        SCRIPT.formatted(busy, busy),
        "{compute: %s/computes/single, resources: {instanceCount: 3}}".formatted(Rig.WORKSPACE));
    rig.submit("last", job("mkdir %s && sleep 0.5 && rmdir %s".formatted(busy, busy)));
    assertCompleted("first");
    assertCompleted("scores");
    assertCompleted("last");
  }

  @Test
  void what_a_killed_host_had_taken_is_free_again() throws IOException {
    rig.submit("killed", job("touch %s; sleep 71".formatted(folder.resolve("there"))));
    Waiting.until(() -> Files.exists(folder.resolve("there")));
    rig.submit("waits", job("echo my turn"));
    Waiting.until(() -> rig.root("waits").path("status").asText().equals("Queued"));
    long host =
        rig.state.list("/executor/hosts").stream()
            .filter(h -> h.path("jobId").asText().endsWith("killed"))
            .findFirst()
            .orElseThrow()
            .path("pid")
            .asLong();
    ProcessHandle.of(host).orElseThrow().destroyForcibly();
    assertCompleted("waits");
    Waiting.until(() -> rig.seen("killed").path("endTimeUtc").isTextual());
  }

  @Test
  void no_more_jobs_run_at_once_than_the_machine_has_cores() throws IOException {
    int cores = Runtime.getRuntime().availableProcessors();
    rig.compute("wide", 100);
    Path running = Files.createDirectory(folder.resolve("running"));
    Path most = folder.resolve("most");
    String counts =
        "cd %s; own=$(mktemp XXXXXX); ls | wc -l >> %s; sleep 0.5; rm $own"
            .formatted(running, most);
    for (int i = 0; i < cores + 2; i++) {
      rig.submit("job" + i, job(counts).replace("single", "wide"));
    }
    IntStream.range(0, cores + 2).forEach(i -> assertCompleted("job" + i));
    int seen =
        Files.readAllLines(most).stream()
            .mapToInt(n -> Integer.parseInt(n.strip()))
            .max()
            .orElse(0);
    assertTrue(seen <= cores, () -> seen + " jobs ran at once");
  }
}
