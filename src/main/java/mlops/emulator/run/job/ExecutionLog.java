package mlops.emulator.run.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** What a job says of its children as they come and go, one line each. */
public final class ExecutionLog {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("'['yyyy-MM-dd HH:mm:ss'Z]'").withZone(ZoneOffset.UTC);

  private final Path file;
  private final Clock clock;

  public ExecutionLog(Path file, Clock clock) {
    this.file = file;
    this.clock = clock;
  }

  public Path file() {
    return file;
  }

  public synchronized void say(String line) {
    try {
      Files.writeString(
          file,
          TIME.format(clock.instant()) + " " + line + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
