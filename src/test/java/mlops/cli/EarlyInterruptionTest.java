package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import mlops.Program;
import mlops.cli.session.GlobalOptions;
import mlops.cli.session.JsonDocument;
import mlops.cli.terminal.Console;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Ctrl-C where no run listens to it yet. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class EarlyInterruptionTest {

  /** A process that never gets as far as a run. */
  public static void main(String[] args) throws InterruptedException {
    Console console =
        Console.piped(
            new PrintWriter(System.out, false, StandardCharsets.UTF_8),
            new PrintWriter(System.err, false, StandardCharsets.UTF_8));
    EarlyInterruption early = EarlyInterruption.of(console, args);
    System.err.println("ready");
    new CountDownLatch(1).await();
    early.close();
  }

  @Test
  void it_is_told_as_one_document_where_json_is_asked_for()
      throws IOException, InterruptedException {
    JsonNode document =
        new ObjectMapper().readTree(interrupted("--suffix", "x", "local", "status", "-o", "json"));
    assertEquals("local status", document.path("command").asText());
    assertEquals("Interrupted", document.at("/error/code").asText());
    assertEquals("", interrupted("bootstrap"));
  }

  @Test
  void the_document_of_whoever_comes_first_is_the_only_one() {
    StringWriter out = new StringWriter();
    Console console = Console.piped(new PrintWriter(out), new PrintWriter(new StringWriter()));
    new JsonDocument("status", new GlobalOptions()).print(console);
    String first = out.toString();
    new JsonDocument("status", new GlobalOptions()).print(console);
    console.document().printEarly(() -> console.out().println("another"));
    assertEquals(first, out.toString());
  }

  private static String interrupted(String... words) throws IOException, InterruptedException {
    Signals.requireInterrupts();
    List<String> command = Program.java();
    command.add(EarlyInterruptionTest.class.getName());
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).start();
    assertEquals("ready", process.errorReader().readLine());
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(130, process.waitFor());
    return out;
  }
}
