package mlops.cli;

import java.io.PrintWriter;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a command speaks to its user.
 *
 * @param out for what was asked for: plans, results, documents
 * @param err for all else: progress, notes, errors
 * @param live whether a person watches, in a terminal that can redraw lines
 * @param color whether text may be coloured
 * @param answer reads one line that the user types; null at the end of the input
 */
public record Console(
    PrintWriter out,
    PrintWriter err,
    boolean live,
    boolean color,
    Supplier<@Nullable String> answer) {

  /** A console that nobody watches: a pipe, a file, a test. */
  public static Console piped(PrintWriter out, PrintWriter err) {
    return new Console(out, err, false, false, () -> null);
  }

  Style style() {
    return new Style(color);
  }
}
