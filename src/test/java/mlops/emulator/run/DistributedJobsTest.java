package mlops.emulator.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import mlops.Waiting;
import mlops.emulator.http.Json;
import mlops.emulator.run.process.Machine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that become several processes, each with its part in its environment. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DistributedJobsTest {
  private static final String PYTORCH =
      "distribution: {distributionType: PyTorch, processCountPerInstance: 2}\nresources: {instanceCount: 2}\n";

  @TempDir Path folder;
  private Rig rig;

  @BeforeEach
  void open() {
    rig = new Rig(folder);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private String log(JsonNode run, int rank) {
    return rig.artifact(run, "user_logs/std_log_process_" + rank + ".txt");
  }

  private static String last(String log) {
    List<String> lines = log.lines().toList();
    return lines.get(lines.size() - 1);
  }

  @Test
  void pytorch_runs_the_processes_of_all_instances_and_they_find_each_other() {
    ObjectNode run =
        rig.run(
            "torch",
            JobText.command(
                """
                if [ $RANK = 0 ]; then
                  python -c 'import os,socket; s=socket.create_server((os.environ["MASTER_ADDR"], int(os.environ["MASTER_PORT"]))); [s.accept() for _ in range(3)]'
                else
                  python -c 'import os,socket,time
                for _ in range(600):
                  try: socket.create_connection((os.environ["MASTER_ADDR"], int(os.environ["MASTER_PORT"]))); break
                  except OSError: time.sleep(0.1)'
                fi
                echo $RANK/$WORLD_SIZE $LOCAL_RANK/$LOCAL_WORLD_SIZE node $NODE_RANK""",
                PYTORCH));
    assertEquals("Completed", run.path("status").asText(), run::toPrettyString);
    assertEquals("0/4 0/2 node 0", last(log(run, 0)));
    assertEquals("1/4 1/2 node 0", last(log(run, 1)));
    assertEquals("2/4 0/2 node 1", last(log(run, 2)));
    assertEquals("3/4 1/2 node 1", last(log(run, 3)));
    assertEquals(4, run.path("logFiles").size(), run::toPrettyString);
  }

  @Test
  void one_process_that_fails_ends_the_others_and_is_named_with_its_log() {
    Sleep sleep = Sleep.of(71);
    ObjectNode run =
        rig.run(
            "half",
            JobText.command("[ $RANK = 2 ] && { echo broken >&2; exit 7; }; " + sleep, PYTORCH));
    assertEquals("Failed", run.path("status").asText());
    String message = run.at("/error/error/message").asText();
    assertTrue(message.contains("status code 7"), message);
    assertTrue(message.contains("user_logs/std_log_process_2.txt"), message);
    assertTrue(message.endsWith("Error: broken"), message);
    Waiting.until(() -> !sleep.isRunning());
  }

  @Test
  void tensorflow_has_a_cluster_whose_servers_end_with_its_workers() throws IOException {
    ObjectNode run =
        rig.run(
            "tensor",
            JobText.command(
                "echo $TF_CONFIG; case $TF_CONFIG in *'\"type\":\"ps\"'*) sleep 300;; esac",
                "distribution: {distributionType: TensorFlow, workerCount: 2, parameterServerCount: 1}\nresources: {instanceCount: 3}\n"));
    assertEquals("Completed", run.path("status").asText(), run::toPrettyString);
    Set<String> tasks = new TreeSet<>();
    JsonNode cluster = Json.MAPPER.readTree(last(log(run, 0))).path("cluster");
    for (int rank = 0; rank < 3; rank++) {
      JsonNode config = Json.MAPPER.readTree(last(log(run, rank)));
      assertEquals(cluster, config.path("cluster"));
      tasks.add(config.at("/task/type").asText() + config.at("/task/index").asText());
    }
    assertEquals(Set.of("ps0", "worker0", "worker1"), tasks);
    assertEquals(2, cluster.path("worker").size());
    assertEquals(1, cluster.path("ps").size());
  }

  @Test
  void a_step_of_a_pipeline_is_distributed_as_its_component_says() {
    ObjectNode run =
        rig.run(
            "steps",
            """
            jobType: Pipeline
            settings: {default_compute: cpu}
            jobs:
              train:
                resources: {instance_count: 1}
                component:
                  type: command
                  command: echo $RANK of $WORLD_SIZE
                  distribution: {type: pytorch, process_count_per_instance: 2}
            """);
    assertEquals("Completed", run.path("status").asText(), run::toPrettyString);
    assertEquals("1 of 2", last(log(rig.child("steps", "train"), 1)));
  }

  @Test
  void mpi_starts_its_ranks_or_is_refused_by_name() {
    ObjectNode run =
        rig.run(
            "mpi",
            JobText.command(
                "echo $OMPI_COMM_WORLD_RANK of $OMPI_COMM_WORLD_SIZE",
                "distribution: {distributionType: Mpi, processCountPerInstance: 2}\n"));
    if (Machine.program("mpirun").isEmpty()) {
      assertEquals("NotImplemented", run.at("/error/error/code").asText(), run::toPrettyString);
      assertTrue(run.at("/error/error/message").asText().contains("mpirun"));
      return;
    }
    assertEquals("Completed", run.path("status").asText(), run::toPrettyString);
    assertEquals("1 of 2", last(log(run, 1)));
  }

  @Test
  void what_is_not_built_or_does_not_fit_is_refused_by_name() {
    ObjectNode ray =
        rig.run("ray", JobText.command("true", "distribution: {distributionType: Ray}\n"));
    assertEquals("NotImplemented", ray.at("/error/error/code").asText(), ray::toPrettyString);
    assertTrue(ray.toString().contains("'Ray'"), ray::toPrettyString);
    ObjectNode two = rig.run("two", JobText.command("true", "resources: {instanceCount: 2}\n"));
    assertEquals("NotImplemented", two.at("/error/error/code").asText(), two::toPrettyString);
    assertTrue(two.toString().contains("resources.instance_count"), two::toPrettyString);
    ObjectNode wide =
        rig.run(
            "wide",
            JobText.command("true", PYTORCH.replace("instanceCount: 2", "instanceCount: 5")));
    assertTrue(wide.toString().contains("compute 'cpu' has at most 4"), wide::toPrettyString);
  }

  @Test
  void a_single_process_has_the_plain_log() {
    ObjectNode run =
        rig.run(
            "one",
            JobText.command(
                "echo $RANK of $WORLD_SIZE", "distribution: {distributionType: PyTorch}\n"));
    assertTrue(rig.log(run).endsWith("0 of 1\n"), rig.log(run));
    assertFalse(run.path("logFiles").has("user_logs/std_log_process_0.txt"));
  }
}
