package mlops.emulator.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import mlops.Waiting;
import mlops.emulator.run.process.HostVariables;
import mlops.emulator.serve.JobMark;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Jobs in processes of their own, which whoever has the state can follow, cancel and bury. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DetachedTest {
  @TempDir Path folder;
  private Rig rig;

  @BeforeEach
  void open() {
    rig = new Rig(folder, HostOfTests.command(folder));
  }

  private static String job(String command) {
    return "jobType: Command\ncomputeId: cpu\ncommand: " + command + "\n";
  }

  private long host() {
    return rig.state.list("/executor/hosts").stream()
        .findFirst()
        .orElseThrow()
        .path("pid")
        .asLong();
  }

  @Test
  void a_job_runs_in_another_process_and_its_end_is_seen_here() {
    rig.submit("far", job("sleep 0.5; echo from afar"));
    assertNotEquals(ProcessHandle.current().pid(), host());
    assertEquals("Completed", rig.await("far").path("status").asText());
    assertEquals("from afar\n", rig.log(rig.root("far")));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void of_the_users_variables_the_host_of_a_job_has_only_those_it_is_known_to_need()
      throws IOException {
    rig.submit("looks", job("sleep 67"));
    Path environment = Path.of("/proc/" + host() + "/environ");
    Waiting.until(() -> isRunning("sleep 67"));
    String all = Files.readString(environment);
    List<String> names =
        Arrays.stream(all.split("\0")).map(v -> v.replaceFirst("=.*", "")).toList();
    assertTrue(names.contains("PATH"), names::toString);
    assertEquals(
        List.of(JobMark.HOST), names.stream().filter(n -> !HostVariables.allows(n)).toList());
    rig.cancel("looks");
    rig.await("looks");
  }

  @Test
  void what_a_user_keeps_logins_in_is_not_among_the_variables_of_a_host() {
    List<String> names =
        List.of(
            "AZURE_CLIENT_SECRET",
            "DATABASE_URL",
            "PGPASSFILE",
            "SSH_AUTH_SOCK",
            "KUBECONFIG",
            "SLACK_WEBHOOK",
            "MLOPS_SOMETHING",
            "UV_PUBLISH_TOKEN",
            "PATH",
            "HOME",
            "LC_ALL",
            "MLOPS_CACHE",
            "PIP_INDEX_URL",
            "https_proxy",
            "HTTPS_PROXY");
    assertEquals(
        List.of(
            "PATH", "HOME", "LC_ALL", "MLOPS_CACHE", "PIP_INDEX_URL", "https_proxy", "HTTPS_PROXY"),
        names.stream().filter(HostVariables::allows).toList());
  }

  @Test
  void a_job_is_cancelled_from_here() {
    rig.submit("stop", job("sleep 64"));
    Waiting.until(() -> rig.root("stop").path("status").asText().equals("Running"));
    rig.cancel("stop");
    assertEquals("Canceled", rig.await("stop").path("status").asText());
  }

  @Test
  void a_host_that_was_killed_is_found_and_what_it_started_is_ended() {
    rig.submit("killed", job("(setsid sh -c '(setsid sleep 65.6 &)' &) && sleep 65.5"));
    Waiting.until(() -> isRunning("sleep 65.5") && isRunning("sleep 65.6"));
    ProcessHandle.of(host()).orElseThrow().destroyForcibly();
    Waiting.until(() -> rig.executor.endIfLost(Rig.WORKSPACE + "/jobs/killed"));
    ObjectNode run = rig.root("killed");
    assertEquals("JobInterrupted", run.at("/error/error/code").asText());
    assertTrue(run.at("/error/error/message").asText().contains("interrupted"));
    Waiting.until(() -> !isRunning("sleep 65.5") && !isRunning("sleep 65.6"));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void without_namespaces_daemons_that_keep_their_variables_end_with_their_job()
      throws IOException {
    Path programs = Files.createDirectory(folder.resolve("programs"));
    Path none = Files.writeString(programs.resolve("unshare"), "#!/bin/sh\nexit 1\n");
    Files.setPosixFilePermissions(none, PosixFilePermissions.fromString("rwxr-xr-x"));
    String path = "PATH=" + programs + ":" + System.getenv("PATH");
    List<String> line = new ArrayList<>(List.of("env", path));
    line.addAll(HostOfTests.command(folder.resolve("plain")));
    try (Rig plain = new Rig(folder.resolve("plain"), line)) {
      ObjectNode run =
          plain.run("left", job("(setsid sh -c '(setsid sleep 65.9 &)' &) && sleep 0.5"));
      assertEquals("Completed", run.path("status").asText(), run::toPrettyString);
      Waiting.until(() -> !isRunning("sleep 65.9"));
    }
  }

  @Test
  void a_host_that_cannot_start_ends_its_job_with_its_words() throws IOException {
    Path other = folder.resolve("other");
    List<String> broken = List.of(HostOfTests.command(other).get(0), "-cp", "nothing", "No");
    try (Rig apart = new Rig(other, broken)) {
      ObjectNode run = apart.run("never", job("true"));
      assertEquals("JobInterrupted", run.at("/error/error/code").asText());
      assertTrue(run.toString().contains("saying: Caused by"), run::toPrettyString);
    }
    try (Rig apart = new Rig(folder.resolve("third"), List.of("/no/java"))) {
      assertEquals("Failed", apart.run("never", job("true")).path("status").asText());
    }
  }

  @Test
  void nothing_is_left_of_a_job_that_ended() throws IOException {
    rig.run("clean", job("true"));
    Path jobs = rig.state.folder().resolve(".jobs");
    Waiting.until(
        () -> {
          try (Stream<Path> left = Files.list(jobs)) {
            return left.findAny().isEmpty() && rig.state.list("/executor/hosts").isEmpty();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static boolean isRunning(String command) {
    return ProcessHandle.allProcesses()
        .anyMatch(p -> p.isAlive() && p.info().commandLine().orElse("").endsWith(command));
  }
}
