package mlops.emulator.run.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the process that hosts a job prints, which is nothing unless it dies.
 *
 * @param file beside the folder of the job
 */
public record HostLog(Path file) {

  public static HostLog of(Path jobFolder) {
    return new HostLog(jobFolder.resolveSibling(jobFolder.getFileName() + ".log"));
  }

  /** The last line that is none of a stack trace, such as that memory is short. */
  public Optional<String> lastWords() {
    try {
      return Files.exists(file)
          ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
              .reduce((earlier, later) -> later)
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
