package mlops.emulator.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import mlops.emulator.state.StateTree;

/**
 * The log of services that run beside a command or a job, and must not speak into its output. Each
 * line is appended by itself, for several processes write here.
 */
public record ServiceLog(Path file) {

  public static ServiceLog in(StateTree state) {
    return new ServiceLog(state.folder().resolve("serve").resolve("service.log"));
  }

  public void line(String line) {
    try {
      Files.createDirectories(file.resolveSibling(""));
      Files.writeString(
          file, line + "\n", UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      return; // a disk that is full is told by whoever has to write there
    }
  }
}
