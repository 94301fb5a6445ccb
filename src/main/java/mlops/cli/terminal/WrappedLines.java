package mlops.cli.terminal;

import java.io.PrintWriter;

/**
 * Lines that are broken between words where the terminal ends.
 *
 * @param columns of the terminal; {@link TerminalWidth#ANY} in a pipe
 */
public record WrappedLines(PrintWriter out, int columns) {
  private static final int HANGING = 2;

  /** Prints a line; what does not fit goes on below, two columns further in. */
  public void add(int indent, String text) {
    String safe = Console.safe(text); // before it is broken into lines
    String line = " ".repeat(indent) + safe;
    if (TerminalWidth.length(line) <= columns) {
      out.println(line);
      return;
    }
    String broken = TerminalWidth.wrapped(safe, columns - HANGING, indent);
    String rest = System.lineSeparator() + " ".repeat(HANGING);
    broken.replace(System.lineSeparator(), rest).lines().forEach(out::println);
  }

  /** An empty line. */
  public void gap() {
    out.println();
  }
}
