package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mlops.Program;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mlops local reset} while another process works on the state. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ResetInUseTest {
  @TempDir Path folder;

  /** A process that works on a state until its input ends. */
  public static void main(String[] args) throws IOException {
    EmbeddedAzure azure = EmbeddedAzure.open(Path.of(args[0]), EmbeddedAzureOptions.defaults());
    System.out.println("open " + azure.state().folder());
    int end = System.in.read();
    System.out.println("over " + end + azure.state().folder());
  }

  @Test
  void the_state_stays_until_that_process_has_ended() throws IOException, InterruptedException {
    Path state = folder.resolve("azure");
    List<String> line = Program.java();
    line.addAll(List.of(ResetInUseTest.class.getName(), state.toString()));
    Process other = new ProcessBuilder(line).start();
    assertEquals("open " + state, other.inputReader().readLine());
    Transcript mlops = Transcript.of(state);
    assertEquals(1, mlops.run("local", "reset", "--yes", "-o", "json"), mlops::out);
    assertEquals("InUse", mlops.json().at("/error/code").asText());
    assertTrue(Files.exists(state));
    other.destroyForcibly().waitFor();
    assertEquals(0, mlops.run("local", "reset", "--yes"), mlops::err);
    assertFalse(Files.exists(state));
  }
}
