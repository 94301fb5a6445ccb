package mlops.emulator.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mlops.Waiting;
import mlops.emulator.run.process.Machine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What jobs do not see, and what does not survive them, where Linux has namespaces for mlops. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class IsolatedJobsTest {
  /** Ways to leave a parent, a session and all variables behind; N is the time to sleep. */
  private static final List<String> DAEMONS =
      List.of(
          "env -i setsid sh -c 'setsid sleep N &' &",
          "(exec env -i /bin/sh -c '(setsid sleep N &)') &",
          "env -i nohup setsid sleep N > /dev/null 2>&1 &",
          "python3 -c 'import os\nif os.fork() == 0:\n  os.setsid()\n  if os.fork() == 0: os.execve(\"/bin/sleep\", [\"sleep\", \"N\"], {})' &",
          "env -i sh -c 'trap \"\" HUP TERM; setsid sleep N & disown 2> /dev/null; exit 0'",
          "(unset MLOPS_PROCESS; cd /; setsid env -u MLOPS_PROCESS setsid sleep N &)");

  @TempDir Path folder;
  private Rig rig;

  @BeforeEach
  void open() throws IOException {
    rig = new Rig(folder);
    Path state = rig.state.folder();
    Path some = Files.createDirectories(state.resolve(".jobs/some"));
    assumeTrue(
        Machine.probe(state, some, folder).isolates(),
        "this Linux, or system, has no namespaces for its user");
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static String job(String command) {
    return JobText.command(command, "");
  }

  private static boolean isRunning(String command) {
    return ProcessHandle.allProcesses()
        .anyMatch(p -> p.isAlive() && p.info().commandLine().orElse("").endsWith(command));
  }

  private static String daemons(int number) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < DAEMONS.size(); i++) {
      all.append(DAEMONS.get(i).replace("N", number + "." + i)).append('\n');
    }
    return all.toString();
  }

  private static boolean areGone(int number) {
    return DAEMONS.stream()
        .map(d -> "sleep " + number + "." + DAEMONS.indexOf(d))
        .noneMatch(IsolatedJobsTest::isRunning);
  }

  private static boolean areThere(int number) {
    return DAEMONS.stream()
        .map(d -> "sleep " + number + "." + DAEMONS.indexOf(d))
        .allMatch(IsolatedJobsTest::isRunning);
  }

  @Test
  void daemons_without_variables_end_with_their_job() {
    ObjectNode run = rig.run("left", job(daemons(8101) + "sleep 0.3"));
    assertEquals("Completed", run.path("status").asText(), run::toPrettyString);
    assertTrue(areGone(8101));
    rig.submit("cancelled", job(daemons(8102) + "sleep 8199"));
    Waiting.until(() -> areThere(8102));
    rig.cancel("cancelled");
    rig.await("cancelled");
    Waiting.until(() -> areGone(8102));
  }

  @Test
  void daemons_without_variables_end_with_the_job_whose_host_was_killed() {
    Rig apart = new Rig(folder.resolve("apart"), HostOfTests.command(folder.resolve("apart")));
    apart.submit("killed", job(daemons(8103) + "sleep 8199"));
    Waiting.until(() -> areThere(8103));
    long host = apart.state.list("/executor/hosts").get(0).path("pid").asLong();
    ProcessHandle.of(host).orElseThrow().destroyForcibly();
    Waiting.until(() -> apart.seen("killed").path("endTimeUtc").isTextual());
    Waiting.until(() -> areGone(8103));
  }

  @Test
  void a_job_sees_of_the_state_its_own_folder_only_and_cannot_uncover_it() throws IOException {
    String state = rig.state.folder().toRealPath().toString();
    Files.writeString(rig.state.folder().resolve("secret"), "key of the state");
    ObjectNode run =
        rig.run(
            "looks",
            job(
                """
                find '%s' -name secret; find ../../../.. -maxdepth 2 -name secret
                cat '%s/secret' ../../../../secret /proc/1/cwd/../../../../secret /proc/[0-9]*/root%s/secret
                umount '%s'; cat '%s/secret'
                unshare --user --map-root-user --mount sh -c 'umount %s; cat %s/secret'
                ls -A '%s'; true
                """
                    .formatted(state, state, state, state, state, state, state, state)));
    assertEquals("Completed", run.path("status").asText(), run::toPrettyString);
    assertFalse(rig.log(run).contains("key of the state"), rig.log(run));
    assertTrue(rig.log(run).endsWith("\n.jobs\n"), rig.log(run));
  }

  @Test
  void a_job_sees_no_other_processes_so_neither_their_variables() {
    ObjectNode run =
        rig.run(
            "alone",
            job(
                "cat /proc/[0-9]*/environ 2> /dev/null | tr '\\0' '\\n' | grep ^AZUREML_RUN_ID | sort -u; ls /proc | grep -c '^[0-9]'"));
    List<String> seen = rig.log(run).lines().toList();
    assertEquals("AZUREML_RUN_ID=alone", seen.get(0), () -> rig.log(run));
    assertTrue(Integer.parseInt(seen.get(1)) < 10, () -> rig.log(run));
  }

  @Test
  void exit_codes_are_those_of_the_command() {
    assertTrue(rig.run("three", job("exit 3")).toString().contains("status code 3."));
    assertTrue(rig.run("killed", job("kill -9 $$")).toString().contains("status code 137."));
    assertTrue(rig.run("ended", job("kill -TERM $$")).toString().contains("status code 143."));
  }
}
