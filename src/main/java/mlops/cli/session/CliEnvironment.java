package mlops.cli.session;

import java.time.Clock;
import java.util.Map;
import mlops.cli.terminal.Console;
import mlops.cli.terminal.TerminalWidth;

/**
 * What a command finds where it runs.
 *
 * @param variables the environment variables of the process
 */
public record CliEnvironment(
    ConnectionFactory connector, Console console, Map<String, String> variables, Clock clock) {

  /**
   * How many columns a line may take now: what {@code MLOPS_COLUMNS} says, else what the terminal
   * does; {@link TerminalWidth#ANY} where nobody watches.
   */
  public int columns() {
    String fixed = variables.getOrDefault("MLOPS_COLUMNS", "");
    if (!console.live()) {
      return TerminalWidth.ANY;
    }
    return fixed.matches("[1-9]\\d{1,3}")
        ? Integer.parseInt(fixed)
        : new TerminalWidth(clock).columns();
  }
}
