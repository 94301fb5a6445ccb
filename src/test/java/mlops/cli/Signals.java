package mlops.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether Ctrl-C can be tried here. */
final class Signals {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final int INTERRUPT = 1 << 1;

  /**
   * Skips a test where SIGINT is ignored, as in what a shell script starts with {@code &}: child
   * processes inherit that, and would never end.
   */
  static void requireInterrupts() throws IOException {
    assumeTrue(!System.getProperty("os.name").startsWith("Windows"), "Windows has no SIGINT");
    if (Files.isReadable(STATUS)) {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith("SigIgn:")) {
          long ignored = Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16);
          assumeTrue((ignored & INTERRUPT) == 0, "SIGINT is ignored in this process");
        }
      }
    }
  }

  private Signals() {}
}
