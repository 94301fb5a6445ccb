package mlops.emulator.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import mlops.Waiting;
import mlops.emulator.run.record.JobId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a job does to the rights of its files stops neither itself nor anybody after it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "chmod is for POSIX")
class UnreadableFoldersTest {
  @TempDir Path folder;
  private Rig rig;

  @BeforeEach
  void open() {
    rig = new Rig(folder, asAnybody(HostOfTests.command(folder)));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  /** A command line that has no more rights on files than their modes give: root has them all. */
  private static List<String> asAnybody(List<String> command) {
    List<String> line = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      line.addAll(List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--"));
      assumeTrue(Files.exists(Path.of("/usr/bin/setpriv")), "root needs setpriv to be anybody");
    }
    line.addAll(command);
    return line;
  }

  private static String job(String command) {
    return JobText.command(command, "");
  }

  private Path left(String name) {
    return rig.services.folder(new JobId(Rig.WORKSPACE + "/jobs/" + name));
  }

  @Test
  void what_a_job_leaves_without_rights_goes_with_it() {
    ObjectNode run =
        rig.run(
            "closed",
            job(
                "mkdir -p ../a/b/c && touch ../a/b/c/x && chmod 000 ../a/b/c ../a/b ../a\necho said; chmod 000 ../std_log.txt .."));
    assertEquals("Completed", run.path("status").asText(), run::toPrettyString);
    assertEquals("said\n", rig.log(run));
    Waiting.until(() -> !Files.exists(left("closed")));
  }

  @Test
  void what_a_job_leaves_too_deep_for_a_path_goes_with_it() {
    String deep =
        "python3 -c 'import os\nfor i in range(3000): os.mkdir(\"deep\"); os.chdir(\"deep\")'";
    ObjectNode run = rig.run("deep", job(deep));
    assertEquals("Completed", run.path("status").asText(), run::toPrettyString);
    Waiting.until(() -> !Files.exists(left("deep")));
  }

  @Test
  void an_output_without_rights_is_collected_as_on_azure() {
    ObjectNode run =
        rig.run(
            "output",
            job(
                    "mkdir ${{outputs.o}}/d; echo kept > ${{outputs.o}}/d/f; chmod 000 ${{outputs.o}}/d/f ${{outputs.o}}/d")
                + "outputs: {o: {jobOutputType: uri_folder}}\n");
    assertEquals("Completed", run.path("status").asText(), run::toPrettyString);
    assertEquals("kept\n", rig.output(run, "o", "d/f"));
  }

  @Test
  void what_is_left_of_a_lost_job_without_rights_does_not_brick_its_state() throws IOException {
    rig.submit("lost", job("mkdir ../a && touch ../a/x && chmod 000 ../a .. && sleep 70"));
    Waiting.until(
        () ->
            rig.root("lost").path("status").asText().equals("Running")
                && holdsClosed(left("lost")));
    long host = rig.state.list("/executor/hosts").get(0).path("pid").asLong();
    ProcessHandle.of(host).orElseThrow().destroyForcibly();
    Waiting.until(() -> look("lost").equals("true"));
    assertEquals("JobInterrupted", rig.root("lost").at("/error/error/code").asText());
    assertFalse(Files.exists(left("lost")));
  }

  /** Whether a folder in this one has no permissions at all. */
  private static boolean holdsClosed(Path folder) {
    try (Stream<Path> inside = Files.list(folder)) {
      for (Path path : inside.toList()) {
        if (Files.isDirectory(path) && Files.getPosixFilePermissions(path).isEmpty()) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false; // it may not be there yet
    }
  }

  private String look(String name) {
    List<String> line = new ArrayList<>(asAnybody(HostOfTests.command(folder)));
    line.addAll(List.of("look", Rig.WORKSPACE + "/jobs/" + name));
    try {
      Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
      return new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
