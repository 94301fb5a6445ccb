package mlops.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How many columns the terminal has, which may change while a command runs. */
final class TerminalWidth {
  /** What Java cannot tell, the shell can. */
  private static final List<String> ASK = List.of("/bin/sh", "-c", "stty size </dev/tty");

  private static final Duration FRESH = Duration.ofMillis(150);

  private final Clock clock;
  private int columns = Integer.MAX_VALUE;
  private Instant asked = Instant.MIN;

  TerminalWidth(Clock clock) {
    this.clock = clock;
  }

  /** The columns a moment ago; more than any terminal has where nobody knows. */
  int columns() {
    if (asked.isBefore(clock.instant().minus(FRESH))) {
      asked = clock.instant();
      columns = ask();
    }
    return columns;
  }

  private static int ask() {
    try {
      Process stty = new ProcessBuilder(ASK).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return size.matches("\\d+ [1-9]\\d*\\s*")
          ? Integer.parseInt(size.substring(size.indexOf(' ') + 1).strip())
          : Integer.MAX_VALUE;
    } catch (IOException e) {
      return Integer.MAX_VALUE; // a system without a shell
    }
  }

  /** How many rows a line takes that was written when there may have been more columns. */
  static int rows(String line, int columns) {
    String letters = line.replaceAll("\u001b\\[[0-9;]*m", "");
    int length = letters.codePointCount(0, letters.length());
    return Math.max(1, (int) Math.ceil((double) length / columns));
  }

  /** As much of a line as fits; what colours it takes no room. */
  static String cut(String line, int columns) {
    StringBuilder cut = new StringBuilder();
    int room = columns;
    for (int at = 0; at < line.length(); ) {
      int end = line.startsWith("\u001b[", at) ? line.indexOf('m', at) + 1 : 0;
      if (end == 0) {
        end = at + Character.charCount(line.codePointAt(at));
        room--;
        if (room < 0) {
          at = end;
          continue;
        }
      }
      cut.append(line, at, end);
      at = end;
    }
    return cut.toString();
  }
}
