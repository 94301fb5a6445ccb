package mlops.emulator.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import mlops.Waiting;
import mlops.emulator.run.record.JobId;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A job whose process has died has ended for whoever looks at it, in whichever way it died. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LostJobsTest {
  @TempDir Path folder;

  private Rig detached() {
    return new Rig(folder, HostOfTests.command(folder));
  }

  private static String job(String command) {
    return "jobType: Command\ncomputeId: cpu\ncommand: " + command + "\n";
  }

  private static String id(String name) {
    return Rig.WORKSPACE + "/jobs/" + name;
  }

  private static void kill(Rig rig, String name) {
    Waiting.until(() -> rig.root(name).path("status").asText().equals("Running"));
    long host = rig.state.list("/executor/hosts").get(0).path("pid").asLong();
    ProcessHandle.of(host).orElseThrow().destroyForcibly();
  }

  private static void assertInterrupted(ObjectNode run) {
    assertEquals("Failed", run.path("status").asText(), run::toPrettyString);
    assertEquals("JobInterrupted", run.at("/error/error/code").asText(), run::toPrettyString);
  }

  private static void awaitEnd(Rig rig, String name) {
    Waiting.until(() -> rig.seen(name).path("endTimeUtc").isTextual());
  }

  @Test
  void whoever_waits_for_a_job_sees_its_process_die() {
    Rig rig = detached();
    rig.submit("watched", job("sleep 68"));
    assertTrue(rig.seen("watched").path("endTimeUtc").isNull());
    kill(rig, "watched");
    awaitEnd(rig, "watched");
    assertInterrupted(rig.root("watched"));
  }

  @Test
  void children_end_with_the_job_whose_process_died() {
    Rig rig = detached();
    rig.submit(
        "parent", "jobType: Pipeline\njobs: {a: {command: sleep 68}, b: {command: sleep 68}}");
    Waiting.until(
        () ->
            rig.children("parent").stream()
                    .filter(c -> c.path("status").asText().equals("Running"))
                    .count()
                == 2);
    kill(rig, "parent");
    awaitEnd(rig, "parent");
    rig.children("parent").forEach(LostJobsTest::assertInterrupted);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void the_dead_that_nobody_buries_are_dead() {
    List<String> unburied =
        new ArrayList<>(List.of("/bin/sh", "-c", "\"$@\" & exec sleep 69", "sh"));
    unburied.addAll(HostOfTests.command(folder));
    Rig rig = new Rig(folder, unburied);
    rig.submit("zombie", job("sleep 68"));
    kill(rig, "zombie");
    awaitEnd(rig, "zombie");
    assertInterrupted(rig.root("zombie"));
  }

  @Test
  void a_job_that_was_written_and_never_started_has_ended() {
    Rig rig = detached();
    rig.state.write(id("unborn"), Rig.tree("{properties: {jobType: Command, command: 'true'}}"));
    rig.services.run(new JobId(id("unborn")), "unborn").create("unborn", "", "unborn", r -> {});
    assertInterrupted(rig.seen("unborn"));
  }

  @Test
  void a_job_that_is_being_submitted_is_not_lost_and_neither_is_one_that_runs()
      throws IOException, InterruptedException {
    Rig rig = detached();
    List<String> answers = new ArrayList<>();
    rig.executor.start(
        id("new"),
        () -> {
          rig.state.write(
              id("new"),
              Rig.tree("{properties: {jobType: Command, computeId: cpu, command: sleep 68}}"));
          rig.services.run(new JobId(id("new")), "new").create("new", "", "new", r -> {});
          answers.add(look("new"));
          return true;
        });
    answers.add(look("new"));
    assertFalse(rig.executor.endIfLost(id("new")));
    assertEquals(List.of("false", "false"), answers);
    rig.cancel("new");
    assertEquals("Canceled", rig.await("new").path("status").asText());
  }

  /** Has another process look at a job: says what it finds. */
  private String look(String name) {
    List<String> line = HostOfTests.command(folder);
    line.addAll(List.of("look", id(name)));
    try {
      Process process = new ProcessBuilder(line).start();
      return new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void many_who_look_at_once_end_it_once() {
    Rig rig = detached();
    rig.submit("looked-at", job("sleep 68"));
    kill(rig, "looked-at");
    IntStream.range(0, 20)
        .parallel()
        .forEach(i -> Waiting.until(() -> rig.seen("looked-at").path("endTimeUtc").isTextual()));
    assertInterrupted(rig.root("looked-at"));
    assertTrue(rig.state.list("/executor/hosts").isEmpty());
  }

  @Test
  void a_job_that_was_to_be_cancelled_when_its_process_died_is_cancelled() {
    Rig rig = detached();
    rig.submit("both", job("sleep 68"));
    kill(rig, "both");
    rig.cancel("both");
    awaitEnd(rig, "both");
    assertEquals("Canceled", rig.root("both").path("status").asText());
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void what_a_job_does_to_the_notes_of_its_processes_saves_neither_it_nor_bricks_its_state() {
    Rig rig = detached();
    for (String vandal :
        List.of("echo junk > ../process", "rm ../process", "echo 1 > ../process")) {
      String name = "notes" + rig.state.list(Rig.WORKSPACE + "/jobs").size();
      rig.submit(name, job(vandal + "; sleep 73.1"));
      Waiting.until(() -> isRunning("sleep 73.1"));
      kill(rig, name);
      awaitEnd(rig, name);
      Waiting.until(() -> !isRunning("sleep 73.1"));
    }
  }

  private static boolean isRunning(String command) {
    return ProcessHandle.allProcesses()
        .anyMatch(p -> p.isAlive() && p.info().commandLine().orElse("").endsWith(command));
  }

  @Test
  void a_run_that_no_job_made_goes_on() {
    Rig rig = detached();
    JobId none = new JobId(id("tracked"));
    rig.services
        .run(none, "tracked")
        .create("tracked", "", "tracked", r -> r.put("status", "Running"));
    assertEquals("Running", rig.seen("tracked").path("status").asText());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void a_job_that_filled_the_disk_ends_and_its_successor_runs_when_there_is_room()
      throws IOException, InterruptedException {
    Path small = Files.createDirectory(folder.resolve("small"));
    assumeTrue(
        mount("-t", "tmpfs", "-o", "size=3m", "none", small.toString()), "no right to mount");
    try {
      Rig rig = new Rig(small, HostOfTests.command(small));
      rig.submit("full", job("head -c 9M /dev/zero > ../fill; sleep 0.5; echo over"));
      awaitEnd(rig, "full");
      assertEquals("Failed", rig.root("full").path("status").asText());
      assertTrue(mount("-o", "remount,size=9m", small.toString()));
      assertEquals("Completed", rig.run("again", job("echo again")).path("status").asText());
    } finally {
      new ProcessBuilder("umount", "-l", small.toString()).start().waitFor();
    }
  }

  private static boolean mount(String... words) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("mount"));
    line.addAll(List.of(words));
    return new ProcessBuilder(line).start().waitFor() == 0;
  }
}
