package mlops.compat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mlops.Program;
import mlops.cli.Transcript;
import mlops.coverage.Witness;

/**
 * A {@code mlops local serve} that stands while programs come and go. They find it as those of a
 * user do whose shell has read what {@code mlops local env} prints.
 *
 * @param folder where the variables, and what the programs say, are kept
 */
record StandingService(Path folder, Process service) {

  /** One on a state, ready to be asked. */
  static StandingService on(Path state, Path folder) throws IOException {
    List<String> command = Program.mlops("local", "serve", "--port", "0", "--state", state + "");
    command.addAll(List.of("--trace", trace(folder).toString()));
    Process process =
        new ProcessBuilder(command).redirectError(folder.resolve("serve.log").toFile()).start();
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    String first = said.readLine();
    assertTrue(first != null && first.startsWith("Ready"), () -> "local serve said " + first);
    Transcript mlops = Transcript.of(state);
    assertEquals(0, mlops.run("local", "env"), mlops::err);
    Files.writeString(folder.resolve("variables.sh"), mlops.out());
    return new StandingService(folder, process);
  }

  private static Path trace(Path folder) {
    return folder.resolve("serve.har");
  }

  /** Starts a command that is led here. */
  Process start(Path log, List<String> words) throws IOException {
    List<String> command = new ArrayList<>(List.of("bash", "-c", ". \"$0\" && exec \"$@\""));
    command.add(folder.resolve("variables.sh").toString());
    command.addAll(words);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  /** Ends the service; the requests that it could not answer. */
  List<String> end() throws IOException, InterruptedException {
    service.destroy();
    assertTrue(service.waitFor(1, TimeUnit.MINUTES), "local serve does not end");
    return Witness.ofThisTest().trace(trace(folder));
  }
}
