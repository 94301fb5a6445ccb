package mlops.cli.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import mlops.emulator.state.StateTree;

/** The log of a service that runs beside a command, and must not speak into its output. */
record LocalServeLog(PrintWriter writer) implements AutoCloseable {

  static LocalServeLog in(StateTree state) {
    Path file = state.folder().resolve("serve").resolve("service.log");
    try {
      Files.createDirectories(file.resolveSibling(""));
      return new LocalServeLog(
          new PrintWriter(
              Files.newBufferedWriter(
                  file, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
              true));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void line(String line) {
    writer.println(line);
  }

  @Override
  public void close() {
    writer.close();
  }
}
