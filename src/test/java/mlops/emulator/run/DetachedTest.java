package mlops.emulator.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import mlops.Program;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs in processes of their own, which whoever has the state can follow, cancel and bury. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DetachedTest {
  @TempDir Path folder;
  private Rig rig;

  @BeforeEach
  void open() {
    List<String> host = Program.java();
    host.addAll(List.of(HostOfTests.class.getName(), folder.toString()));
    rig = new Rig(folder, host);
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
    rig.submit("far", job("echo from afar"));
    assertNotEquals(ProcessHandle.current().pid(), host());
    assertEquals("Completed", rig.await("far").path("status").asText());
    assertEquals("from afar\n", rig.log(rig.root("far")));
  }

  @Test
  void what_a_user_keeps_logins_in_does_not_reach_the_host_of_a_job() {
    List<String> names =
        List.of(
            "AZURE_CLIENT_SECRET",
            "ARM_CLIENT_ID",
            "GITHUB_TOKEN",
            "my_password",
            "STORAGE_KEY",
            "PATH",
            "HOME",
            "MLOPS_CACHE",
            "PIP_INDEX_URL",
            "https_proxy",
            "KEYBOARD");
    assertEquals(
        List.of("PATH", "HOME", "MLOPS_CACHE", "PIP_INDEX_URL", "https_proxy", "KEYBOARD"),
        names.stream().filter(name -> !Detached.isSecret(name)).toList());
  }

  @Test
  void a_job_is_cancelled_from_here() {
    rig.submit("stop", job("sleep 64"));
    Rig.until(() -> rig.root("stop").path("status").asText().equals("Running"));
    rig.cancel("stop");
    assertEquals("Canceled", rig.await("stop").path("status").asText());
  }

  @Test
  void a_host_that_was_killed_is_found_and_what_it_started_is_ended() {
    rig.submit("killed", job("(setsid sh -c '(setsid sleep 65.6 &)' &) && sleep 65.5"));
    Rig.until(() -> isRunning("sleep 65.5") && isRunning("sleep 65.6"));
    ProcessHandle.of(host()).orElseThrow().destroyForcibly();
    long dead = host();
    Rig.until(() -> ProcessHandle.of(dead).filter(ProcessHandle::isAlive).isEmpty());
    rig.executor.recover();
    ObjectNode run = rig.root("killed");
    assertEquals("JobInterrupted", run.at("/error/error/code").asText());
    assertTrue(run.at("/error/error/message").asText().contains("interrupted"));
    Rig.until(() -> !isRunning("sleep 65.5") && !isRunning("sleep 65.6"));
  }

  private static boolean isRunning(String command) {
    return ProcessHandle.allProcesses()
        .anyMatch(p -> p.isAlive() && p.info().commandLine().orElse("").endsWith(command));
  }
}
