package mlops.cli.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import mlops.emulator.run.process.Machine;

/** What a program says that is asked something small. */
final class ProgramAnswer {
  private static final int SECONDS = 10;

  /** Its first line; empty where there is no such program, or it fails or hangs. */
  static Optional<String> of(List<String> line, Map<String, String> variables) {
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().keySet().removeIf(name -> !variables.containsKey(name));
    builder.environment().putAll(variables);
    builder.redirectInput(Machine.nothing()).redirectErrorStream(true);
    try {
      Process process = builder.start();
      process
          .onExit()
          .orTimeout(SECONDS, TimeUnit.SECONDS)
          .exceptionally(e -> process.destroyForcibly());
      List<String> said = process.inputReader(StandardCharsets.UTF_8).lines().toList();
      return process.waitFor() == 0
          ? Optional.of(said.isEmpty() ? "" : said.get(0).strip())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // it is no program for this machine
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private ProgramAnswer() {}
}
