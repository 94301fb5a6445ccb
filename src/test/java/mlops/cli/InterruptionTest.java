package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import mlops.Connections;
import mlops.Program;
import mlops.cli.session.CliEnvironment;
import mlops.cli.terminal.Console;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C, sent to a process of its own. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class InterruptionTest {
  @TempDir Path folder;

  /** The command line of the tests as a process. */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, false, StandardCharsets.UTF_8);
    Map<String, String> variables = System.getenv();
    int exitCode =
        MlopsCommand.execute(
            new CliEnvironment(
                new Connections(variables), Console.piped(out, err), variables, Clock.systemUTC()),
            List.of(new DemoCommand()),
            args);
    out.flush();
    System.exit(exitCode);
  }

  @BeforeEach
  void needsSignals() throws IOException {
    Signals.requireInterrupts();
  }

  @Test
  void a_step_under_way_may_end_and_nothing_new_is_started() throws Exception {
    Path out = interrupted("until_interrupted");
    JsonNode document = new ObjectMapper().readTree(out.toFile());
    assertEquals("Interrupted", document.path("error").path("code").asText());
    assertEquals("applied", outcome(document, "old"));
    assertTrue(Files.readString(folder.resolve("t.har")).contains("\"entries\""));
  }

  @Test
  void a_step_that_does_not_end_is_left_behind_after_some_seconds() throws Exception {
    Path out = interrupted("forever");
    JsonNode document = new ObjectMapper().readTree(out.toFile());
    assertEquals("Interrupted", document.path("error").path("code").asText());
    assertEquals("failed", outcome(document, "old"));
    assertTrue(Files.readString(folder.resolve("t.har")).contains("\"entries\""));
  }

  private static String outcome(JsonNode document, String id) {
    for (JsonNode step : document.path("steps")) {
      if (step.path("id").asText().equals(id)) {
        return step.path("outcome").asText();
      }
    }
    return "absent";
  }

  /** Runs until the stuck step says that it works, interrupts, and returns the output. */
  private Path interrupted(String stuck) throws IOException, InterruptedException {
    Path out = folder.resolve("out.json");
    List<String> command = Program.java();
    command.addAll(List.of(InterruptionTest.class.getName(), "demo", "--stuck=" + stuck));
    command.addAll(List.of("-o", "json", "--state=" + folder.resolve("azure")));
    command.add("--trace=" + folder.resolve("t.har"));
    Process process = new ProcessBuilder(command).redirectOutput(out.toFile()).start();
    try (BufferedReader err =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      String line = err.readLine();
      while (line != null && !line.contains("working on deployment old")) {
        line = err.readLine();
      }
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
      StringBuilder rest = new StringBuilder();
      err.lines().forEach(l -> rest.append(l).append('\n'));
      assertEquals(130, process.waitFor(), rest::toString);
      assertTrue(rest.toString().contains("Run the same command again"), rest::toString);
    }
    return out;
  }
}
