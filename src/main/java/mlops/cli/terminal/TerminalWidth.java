package mlops.cli.terminal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** How many columns the terminal has, which may change while a command runs. */
public final class TerminalWidth {
  /**
   * The columns where they cannot be read: a pipe, a file, a terminal that does not report them.
   */
  public static final int ANY = Integer.MAX_VALUE;

  /** What colours the text, or a letter of it. */
  private static final Pattern PIECE =
      Pattern.compile(
          "(\u001b\\[[^m]*m|%s[^%s]*%s)|.".formatted(Style.BEGIN, Style.END, Style.END),
          Pattern.DOTALL);

  /** A word with what is before it. */
  private static final Pattern WORD = Pattern.compile("(\\s*)(\\S+)");

  private static final Duration FRESH = Duration.ofMillis(150);

  private final Clock clock;
  private int columns = ANY;
  private Instant asked = Instant.MIN;

  public TerminalWidth(Clock clock) {
    this.clock = clock;
  }

  /** The columns a moment ago; more than any terminal has where nobody knows. */
  public int columns() {
    if (asked.isBefore(clock.instant().minus(FRESH))) {
      asked = clock.instant();
      columns = ask();
    }
    return columns;
  }

  private static int ask() {
    String size = Terminal.stty("size"); // rows and columns
    return size.matches("\\d+ [1-9]\\d*")
        ? Integer.parseInt(size.substring(size.indexOf(' ') + 1))
        : ANY;
  }

  /** How many rows a line takes that was written when there may have been more columns. */
  public static int rows(String line, int columns) {
    return Math.max(1, (int) Math.ceil((double) length(line) / columns));
  }

  /** The columns that a text takes, without what colours it. */
  public static int length(String line) {
    return Style.plain(line).codePoints().map(WideLetters::columns).sum();
  }

  /** A text with blanks behind it, up to so many columns. */
  public static String padded(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - length(text)));
  }

  /** A text as indented lines, broken between words. */
  public static String wrapped(String text, int columns, int indent) {
    StringBuilder lines = new StringBuilder(" ".repeat(indent));
    int used = indent;
    for (MatchResult word : WORD.matcher(text).results().toList()) {
      int length = length(word.group(2));
      if (used > indent && used + word.group(1).length() + length > columns) {
        lines.append(System.lineSeparator()).append(" ".repeat(indent));
        used = indent;
      } else if (used > indent) {
        lines.append(word.group(1));
        used += word.group(1).length();
      }
      lines.append(word.group(2));
      used += length;
    }
    return lines.toString();
  }

  /** As much of a line as fits; colour codes take no columns. */
  public static String cut(String line, int columns) {
    StringBuilder cut = new StringBuilder();
    int left = columns;
    for (MatchResult piece : PIECE.matcher(line).results().toList()) {
      boolean colours = piece.group(1) != null;
      left -= colours ? 0 : length(piece.group());
      if (colours || left >= 0) {
        cut.append(piece.group());
      }
    }
    return cut.toString();
  }
}
