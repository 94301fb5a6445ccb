package mlops.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.Waiting;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.state.StateTree;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training that runs already is gone on with, and one that died is done again. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AttachedTrainTest {
  private static final Pattern SUBMITTED = Pattern.compile("submit: job (\\S+)");

  @TempDir Path folder;
  private Site site;

  @BeforeEach
  void bootstrap() {
    site = Site.tiny(folder.resolve("site"));
    site.mlops().jobsApart();
    assertEquals(0, site.run("bootstrap"), site::said);
  }

  /** Lets a step of the pipeline pause, each time or the first time only. */
  private void pause(String script, int seconds, boolean always) {
    Path mark = folder.resolve("was-here");
    String pause =
        always
            ? "import time; time.sleep(%d)\n".formatted(seconds)
            : "import os, time\nif not os.path.exists('%s'):\n  open('%s', 'w').close()\n  time.sleep(%d)\n"
                .formatted(mark, mark, seconds);
    site.write("dev/src/" + script, pause + site.read("dev/src/" + script));
  }

  private String job() {
    return site.mlops().json().at("/result/job").asText();
  }

  private StateTree state() {
    return EmbeddedAzure.open(site.state(), EmbeddedAzureOptions.defaults()).state();
  }

  private List<ObjectNode> documents(String part) {
    return state().walk("/subscriptions/" + EmbeddedAzureOptions.SUBSCRIPTION).stream()
        .filter(r -> r.path("id").asText().matches(".*-01/" + part + "/[^/]+"))
        .toList();
  }

  @Test
  void a_second_train_goes_on_with_the_job_that_the_first_left_running() {
    pause("judge.py", 3, true);
    assertEquals(0, site.run("train", "--no-wait", "-o", "json"), site::said);
    String job = job();
    assertEquals(0, site.run("train", "-o", "json"), site::said);
    assertEquals("unchanged", site.outcome("submit").orElseThrow());
    assertEquals("applied", site.outcome("job").orElseThrow());
    assertEquals(job, job());
    assertEquals("1", site.mlops().json().at("/result/version").asText());
  }

  @Test
  void two_at_the_same_time_make_one_job_and_one_version()
      throws IOException, InterruptedException {
    pause("judge.py", 2, true);
    Process one = MlopsProcess.start(site, Map.of(), "train");
    Process other = MlopsProcess.start(site, Map.of(), "train");
    String said = new String(one.getErrorStream().readAllBytes(), UTF_8);
    String also = new String(other.getErrorStream().readAllBytes(), UTF_8);
    assertEquals(0, one.waitFor(), said);
    assertEquals(0, other.waitFor(), also);
    assertEquals(1, documents("jobs").size());
    assertEquals(0, site.run("train", "-o", "json"), site::said);
    assertEquals("1", site.mlops().json().at("/result/version").asText());
  }

  @Test
  void a_killed_mlops_leaves_its_job_to_the_next_one() throws IOException, InterruptedException {
    pause("judge.py", 3, true);
    Process train = MlopsProcess.start(site, Map.of(), "train");
    String job = "";
    try (BufferedReader lines = train.errorReader()) {
      for (String line = lines.readLine(); job.isEmpty() && line != null; line = lines.readLine()) {
        Matcher submitted = SUBMITTED.matcher(line);
        job = submitted.find() ? submitted.group(1) : "";
      }
      train.destroyForcibly();
    }
    train.waitFor();
    assertEquals(0, site.run("train", "-o", "json"), site::said);
    assertEquals(job, job());
    assertEquals("unchanged", site.outcome("submit").orElseThrow());
    assertEquals("1", site.mlops().json().at("/result/version").asText());
  }

  @Test
  void a_train_whose_job_loses_its_process_ends_and_says_so()
      throws IOException, InterruptedException {
    pause("judge.py", 60, false);
    Process train = MlopsProcess.start(site, Map.of(), "train");
    Waiting.until(() -> folder.resolve("was-here").toFile().exists());
    long host = state().list("/executor/hosts").get(0).path("pid").asLong();
    ProcessHandle.of(host).orElseThrow().destroyForcibly();
    String said = new String(train.getErrorStream().readAllBytes(), UTF_8);
    assertEquals(1, train.waitFor(), said);
    assertTrue(said.contains("The job was interrupted"), said);
  }

  @Test
  void a_job_whose_process_was_killed_is_told_and_done_again_with_what_was_complete()
      throws IOException {
    pause("register.py", 60, false);
    assertEquals(0, site.run("train", "--no-wait", "-o", "json"), site::said);
    String job = job();
    StateTree state = state();
    Waiting.until(() -> folder.resolve("was-here").toFile().exists());
    long host = state.list("/executor/hosts").get(0).path("pid").asLong();
    ProcessHandle.of(host).orElseThrow().destroyForcibly();
    Waiting.until(() -> ProcessHandle.of(host).filter(ProcessHandle::isAlive).isEmpty());
    assertEquals(1, site.run("train", "--follow", job), site::said);
    assertTrue(site.mlops().err().contains("The job was interrupted"), site::said);
    assertEquals(0, site.run("train"), site::said);
    assertTrue(site.mlops().err().contains("  job: judge Reused"), site::said);
    assertTrue(site.mlops().err().contains("  job: register Completed"), site::said);
    assertEquals(0, site.run("train", "-o", "json"), site::said);
    assertNotEquals(job, job());
    assertTrue(job().startsWith(job), this::job);
    assertEquals("1", site.mlops().json().at("/result/version").asText());
  }
}
