package mlops.cli.terminal;

import java.io.PrintWriter;
import java.io.Reader;

/** Where a command speaks to its user. */
public final class Console {
  private final PrintWriter exactOut;
  private final PrintWriter exactErr;
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean live;
  private final boolean color;
  private final Reader in;
  private final SingleJsonOutput document;

  /**
   * A console.
   *
   * @param out for what was asked for: plans, results, documents
   * @param err for all else: progress, notes, errors
   * @param live whether a person watches, in a terminal that can redraw lines
   * @param color whether text may be coloured
   * @param in what the user types
   * @param document who prints the document of {@code -o json}
   * @param command how the user starts mlops, which the lines of {@link #out} and {@link #err} say
   */
  public Console(
      PrintWriter out,
      PrintWriter err,
      boolean live,
      boolean color,
      Reader in,
      SingleJsonOutput document,
      TypedCommand command) {
    this.exactOut = out;
    this.exactErr = err;
    this.out = new EscapingWriter(out, command);
    this.err = new EscapingWriter(err, command);
    this.live = live;
    this.color = color;
    this.in = in;
    this.document = document;
  }

  /** A console that nobody watches: a pipe, a file, a test. */
  public static Console piped(PrintWriter out, PrintWriter err) {
    return new Console(
        out, err, false, false, Reader.nullReader(), new SingleJsonOutput(), TypedCommand.plain());
  }

  /** For what was asked for; what acts on terminals is escaped. */
  public PrintWriter out() {
    return out;
  }

  /** For all else, likewise. */
  public PrintWriter err() {
    return err;
  }

  /** For what a program reads letter by letter, and for texts of our own alone. */
  public PrintWriter exactOut() {
    return exactOut;
  }

  /** For what draws on the terminal; texts go through {@link #shown} first. */
  public PrintWriter exactErr() {
    return exactErr;
  }

  /** A text as one line of the terminal: in its styles, and with nothing else that acts on it. */
  public static String shown(String text) {
    return ControlCharacters.escaped(text);
  }

  /** The same for a text that is printed later, by {@link #out} or {@link #err}. */
  public static String safe(String text) {
    return ControlCharacters.marked(text);
  }

  public boolean live() {
    return live;
  }

  public boolean color() {
    return color;
  }

  public Reader in() {
    return in;
  }

  public SingleJsonOutput document() {
    return document;
  }

  public Style style() {
    return new Style(color);
  }
}
