package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
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
  private static final String LONG = "for i in $(seq 0 999); do echo tail $i ünd; done; exit 7";

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
    String page =
        site.pageOfJob(
            () ->
                assertEquals(
                    0, site.run("train", "--set", "inputs.factor=4", "-o", "json"), site::said));
    assertEquals(version + 1, site.mlops().json().at("/result/version").asInt());
    assertTrue(page.contains("version **%d**\n".formatted(version + 1)), page);
    assertTrue(page.contains("\n| metric | candidate | champion |\n| --- | ---: | ---: |\n"), page);
    assertTrue(page.contains("\n| r2 | 0.9000 | "), page);
  }

  @Test
  void an_input_that_nothing_uses_is_a_mistake_of_whoever_set_it() {
    assertEquals(2, site.run("train", "--set", "inputs.factr=3"), site::said);
    assertTrue(site.mlops().err().contains("nothing in " + site.path("dev/pipeline.yml")));
    assertTrue(site.mlops().err().contains("Did you mean inputs.factor?"), site::said);
    assertEquals(2, site.run("train", "--set", "inputs.unheard=3", "--plan"), site::said);
    assertTrue(site.mlops().err().contains("It uses "), site::said);
  }

  @Test
  void an_input_that_no_command_names_is_a_mistake_too() {
    site.write("takes.yml", command("echo ${{inputs.a}}") + "inputs: {a: 1, b: 2}\n");
    String file = site.path("takes.yml").toString();
    assertEquals(2, site.run("train", "--file", file, "--set", "inputs.nope=1"), site::said);
    assertTrue(site.mlops().err().contains("inputs.nope: nothing in " + file), site::said);
    assertEquals(0, site.run("train", "--file", file, "--set", "inputs.b=3", "--plan"), site::said);
  }

  @Test
  void a_refused_gate_ends_with_3_registers_nothing_and_refuses_again_without_running() {
    site.run("status", "-o", "json");
    String before = site.mlops().json().path("result").toString();
    String[] weak = {"train", "--set", "inputs.r2=0.1", "-o", "json"};
    assertEquals(3, site.run(weak), site::said);
    assertEquals(Optional.of("applied"), site.outcome("submit"));
    assertEquals(Optional.of("refused"), site.outcome("verdict"));
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
    String script = "echo before; echo the disk is on fire >&2; exit 9";
    site.write("fails.yml", command(script) + "name: mine\n");
    String logs = folder.resolve("logs").toString();
    String file = site.path("fails.yml").toString();
    assertEquals(1, site.run("train", "--file", file, "--logs", logs), site::said);
    assertTrue(site.mlops().err().contains("  | the disk is on fire"), site::said);
    assertTrue(site.mlops().err().contains("calls it mine; jobs are named by content"), site::said);
    assertFalse(site.mlops().err().contains("\tat "), site::said);
    String kept = site.mlops().err().replaceAll("(?s).*The whole log: (\\S.*\\.txt).*", "$1");
    assertTrue(kept.startsWith(logs), site::said);
    String whole = read(Path.of(kept)); // begins with a note on the environment
    assertTrue(whole.contains("\nbefore\nthe disk is on fire\n"), whole);
  }

  @Test
  void each_child_is_followed_by_its_own_log_also_in_a_pipeline_in_a_pipeline() {
    site.write(
        "inner.yml",
        "type: pipeline\njobs:\n  good: %s\n  bad: %s".formatted(job("true"), job(LONG)));
    site.write("outer.yml", pipeline("  one: " + job("echo öne"), "  sub: {component: inner.yml}"));
    Path logs = folder.resolve("logs of children");
    String file = site.path("outer.yml").toString();
    assertEquals(1, site.run("train", "--file", file, "--logs", logs.toString()), site::said);
    String said = site.mlops().err();
    assertTrue(said.contains("  job: sub.bad Failed"), said);
    assertTrue(said.contains(", in sub.bad: Execution failed."), said);
    assertTrue(said.contains("exited with status code 7"), said);
    assertEquals(20, said.lines().filter(line -> line.startsWith("    | ")).count(), said);
    assertEquals(1, said.lines().filter(line -> line.contains("tail 999")).count(), said);
    assertTrue(said.contains("The whole log: " + logs.resolve("sub.bad.txt")), said);
    assertTrue(read(logs.resolve("one.txt")).endsWith("\nöne\n"), read(logs.resolve("one.txt")));
    assertEquals(
        1000,
        read(logs.resolve("sub.bad.txt")).lines().filter(line -> line.endsWith("ünd")).count());
  }

  @Test
  void a_job_that_ended_before_still_hands_out_its_logs() {
    site.write("quiet.yml", command("echo what it said"));
    String file = site.path("quiet.yml").toString();
    assertEquals(0, site.run("train", "--file", file, "-o", "json"), site::said);
    String job = site.mlops().json().at("/result/job").asText();
    String logs = folder.resolve("late logs").toString();
    assertEquals(0, site.run("train", "--file", file, "--logs", logs, "-o", "json"), site::said);
    assertEquals(Optional.of("unchanged"), site.outcome("submit"));
    String log = read(Path.of(logs, job + ".txt"));
    assertTrue(log.endsWith("\nwhat it said\n"), log);
  }

  @Test
  void metrics_and_parameters_are_in_the_run_also_of_a_model_that_was_refused() throws IOException {
    assertEquals(3, site.run("train", "--set", "inputs.r2=0.3", "-o", "json"), site::said);
    assertEquals(Optional.of("applied"), site.outcome("metrics"));
    Path trace = folder.resolve("metrics.har");
    String[] again = {"train", "--set", "inputs.r2=0.3", "-o", "json", "--trace", trace.toString()};
    assertEquals(3, site.run(again), site::said);
    assertEquals(Optional.of("unchanged"), site.outcome("metrics"));
    JsonNode run = answer(trace, "/api/2.0/mlflow/runs/get").at("/run/data");
    assertEquals(1, run.path("metrics").size(), run::toString); // the trace keeps names to itself
    assertEquals(0.3, run.at("/metrics/0/value").asDouble());
    Set<String> parameters = new HashSet<>();
    run.path("params").forEach(p -> parameters.add(p.path("value").asText()));
    assertEquals(Set.of("2", "0.3", "0.7"), parameters); // factor, r2, r2_min
  }

  @Test
  void a_job_that_is_not_waited_for_is_followed_later() {
    site.mlops().jobsApart();
    site.write("slow.yml", command("echo started; sleep 1; echo ended"));
    String file = site.path("slow.yml").toString();
    assertEquals(0, site.run("train", "--file", file, "--no-wait", "-o", "json"), site::said);
    assertEquals(Optional.empty(), site.outcome("job"));
    String job = site.mlops().json().at("/result/job").asText();
    assertEquals(0, site.run("train", "--follow", job, "-o", "json"), site::said);
    assertEquals(Optional.of("applied"), site.outcome("job"));
    assertEquals(0, site.run("train", "--follow", job, "-o", "json"), site::said);
    assertEquals(Optional.of("unchanged"), site.outcome("job"));
    site.mlops().jobsHere();
  }

  @Test
  void whoever_follows_a_training_later_judges_it_as_well() {
    assertEquals(0, site.run("train", "--set", "inputs.factor=8", "--no-wait", "-o", "json"));
    String good = site.mlops().json().at("/result/job").asText();
    assertEquals(0, site.run("train", "--follow", good, "-o", "json"), site::said);
    assertEquals(Optional.of("applied"), site.outcome("lineage"));
    assertEquals(0, site.run("train", "--set", "inputs.r2=0.2", "--no-wait", "--cloud", "local"));
    String told = site.mlops().out();
    String line = told.substring(told.indexOf("follow it: mlops ") + 17).strip();
    assertTrue(line.contains("--profile ") && line.contains("--cloud local"), told);
    String[] words =
        Pattern.compile("'[^']*'|\\S+")
            .matcher(line)
            .results()
            .map(word -> word.group().replace("'", ""))
            .toArray(String[]::new);
    assertEquals(3, site.mlops().run(words), "literally what was said: " + line);
  }

  @Test
  void a_job_that_does_not_exist_cannot_be_followed() {
    assertEquals(2, site.run("train", "--follow", "nothing", "--force"), site::said);
    assertEquals(1, site.run("train", "--follow", "nothing"), site::said);
    assertTrue(site.mlops().err().contains("has no job called nothing"), site::said);
  }

  @Test
  void a_wrong_file_is_told_with_line_and_column_before_anything_is_sent() {
    site.write("wrong.yml", command("true").replace("command: |", "comand: |"));
    assertEquals(2, site.run("train", "--file", site.path("wrong.yml").toString()), site::said);
    assertTrue(site.mlops().err().contains("wrong.yml:"), site::said);
    assertTrue(site.mlops().err().contains("command"), site::said);
  }

  private static String pipeline(String... jobs) {
    return "type: pipeline\nsettings: {default_compute: azureml:mlopsdemo-cluster-dev}\njobs:\n"
        + String.join("\n", jobs);
  }

  private static String job(String script) {
    return "{command: '%s', environment: azureml:taxi-train-env-demo-mlops@latest}"
        .formatted(script);
  }

  private static JsonNode answer(Path trace, String path) throws IOException {
    for (JsonNode entry : new ObjectMapper().readTree(read(trace)).at("/log/entries")) {
      if (entry.at("/request/url").asText().contains(path)) {
        return new ObjectMapper().readTree(entry.at("/response/content/text").asText());
      }
    }
    throw new AssertionError("nobody asked for " + path);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
