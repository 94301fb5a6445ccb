package mlops.cli.terminal;

import java.io.PrintWriter;
import java.io.Reader;

/**
 * Where a command speaks to its user.
 *
 * @param out for what was asked for: plans, results, documents
 * @param err for all else: progress, notes, errors
 * @param live whether a person watches, in a terminal that can redraw lines
 * @param color whether text may be coloured
 * @param in what the user types
 * @param document who prints the document of {@code -o json}
 */
public record Console(
    PrintWriter out,
    PrintWriter err,
    boolean live,
    boolean color,
    Reader in,
    OneDocument document) {

  /** A console that nobody watches: a pipe, a file, a test. */
  public static Console piped(PrintWriter out, PrintWriter err) {
    return new Console(out, err, false, false, Reader.nullReader(), new OneDocument());
  }

  public Style style() {
    return new Style(color);
  }
}
