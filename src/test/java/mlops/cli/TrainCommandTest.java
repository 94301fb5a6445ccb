package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code mlops train} with jobs of a few lines: once, never twice, refused, failed, followed. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrainCommandTest {
  private Path folder;
  private Site site;

  @BeforeAll
  void bootstrap(@TempDir Path temporary) {
    folder = temporary;
    site = Site.tiny(folder.resolve("with space"));
    assertEquals(0, site.run("bootstrap"), site::said);
  }

  @Test
  void the_same_content_is_trained_once_and_other_content_becomes_the_next_version() {
    assertEquals(0, site.run("train", "--set", "inputs.factor=3", "-o", "json"), site::said);
    int version = site.mlops().json().at("/result/version").asInt();
    String job = site.mlops().json().at("/result/job").asText();
    assertTrue(version > 0, site::said);
    assertEquals(0.9, site.mlops().json().at("/result/metrics/r2").asDouble());
    assertEquals(0, site.run("train", "--set", "inputs.factor=3", "-o", "json"), site::said);
    assertEquals(Optional.of("unchanged"), site.outcome("submit"));
    assertEquals(job, site.mlops().json().at("/result/job").asText());
    assertEquals(version, site.mlops().json().at("/result/version").asInt());
    assertEquals(0, site.run("train", "--set", "inputs.factor=4", "-o", "json"), site::said);
    assertEquals(version + 1, site.mlops().json().at("/result/version").asInt());
  }

  @Test
  void a_refused_gate_ends_with_3_registers_nothing_and_refuses_again_without_running() {
    site.run("status", "-o", "json");
    String before = site.mlops().json().path("result").toString();
    String[] weak = {"train", "--set", "inputs.r2=0.1", "-o", "json"};
    assertEquals(3, site.run(weak), site::said);
    assertEquals(Optional.of("applied"), site.outcome("submit"));
    assertEquals(Optional.of("failed"), site.outcome("verdict"));
    assertTrue(site.mlops().out().contains("r2 0.1 is below 0.7"), site::said);
    assertTrue(site.mlops().json().at("/result/version").isMissingNode(), site::said);
    assertEquals(3, site.run(weak), site::said);
    assertEquals(Optional.of("unchanged"), site.outcome("submit"));
    assertEquals(3, site.run("train", "--set", "inputs.r2=0.1"), site::said);
    assertTrue(site.mlops().err().contains("Nothing was registered."), site::said);
    assertEquals(0, site.run("status", "-o", "json"), site::said);
    assertEquals(before, site.mlops().json().path("result").toString());
  }

  @Test
  void a_failing_job_shows_the_end_of_its_own_log_and_keeps_the_whole_one() {
    site.write("fails.yml", command("echo before; echo the disk is on fire >&2; exit 9"));
    String logs = folder.resolve("logs").toString();
    String file = site.path("fails.yml").toString();
    assertEquals(1, site.run("train", "--file", file, "--logs", logs), site::said);
    assertTrue(site.mlops().err().contains("the disk is on fire"), site::said);
    assertTrue(site.mlops().err().contains("The whole log: " + logs), site::said);
    assertFalse(site.mlops().err().contains("\tat "), site::said);
  }

  @Test
  void a_job_that_is_not_waited_for_is_followed_later() {
    site.write("slow.yml", command("echo started; sleep 2; echo ended"));
    String file = site.path("slow.yml").toString();
    assertEquals(0, site.run("train", "--file", file, "--no-wait", "-o", "json"), site::said);
    assertEquals(Optional.empty(), site.outcome("job"));
    String job = site.mlops().json().at("/result/job").asText();
    assertEquals(0, site.run("train", "--follow", job, "-o", "json"), site::said);
    assertEquals(Optional.of("applied"), site.outcome("job"));
    assertEquals(0, site.run("train", "--follow", job, "-o", "json"), site::said);
    assertEquals(Optional.of("unchanged"), site.outcome("job"));
  }

  @Test
  void whoever_follows_a_training_later_judges_it_as_well() {
    assertEquals(0, site.run("train", "--set", "inputs.factor=8", "--no-wait", "-o", "json"));
    String good = site.mlops().json().at("/result/job").asText();
    assertEquals(0, site.run("train", "--follow", good, "-o", "json"), site::said);
    assertEquals(Optional.of("applied"), site.outcome("lineage"));
    assertEquals(0, site.run("train", "--set", "inputs.r2=0.2", "--no-wait", "-o", "json"));
    String weak = site.mlops().json().at("/result/job").asText();
    assertEquals(3, site.run("train", "--follow", weak), site::said);
  }

  @Test
  void a_job_that_does_not_exist_cannot_be_followed() {
    assertEquals(1, site.run("train", "--follow", "nothing"), site::said);
    assertTrue(site.mlops().err().contains("nothing"), site::said);
  }

  @Test
  void a_wrong_file_is_told_with_line_and_column_before_anything_is_sent() {
    site.write("wrong.yml", command("true").replace("command: |", "comand: |"));
    assertEquals(2, site.run("train", "--file", site.path("wrong.yml").toString()), site::said);
    assertTrue(site.mlops().err().contains("wrong.yml:"), site::said);
    assertTrue(site.mlops().err().contains("command"), site::said);
  }

  private static String command(String script) {
    return """
    $schema: https://azuremlschemas.azureedge.net/latest/commandJob.schema.json
    type: command
    experiment_name: other
    command: |
      %s
    environment: azureml:taxi-train-env-demo-mlops@latest
    compute: azureml:mlopsdemo-cluster-dev
    """
        .formatted(script);
  }
}
