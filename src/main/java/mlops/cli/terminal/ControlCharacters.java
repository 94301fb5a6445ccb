package mlops.cli.terminal;

import java.util.Set;

/**
 * What a text may not do to the terminal that shows it: move the cursor, change colours or titles,
 * begin a line that looks like one of ours, or turn its letters around. Such characters are shown
 * as JSON writes them, so that a document stays one.
 */
final class ControlCharacters {

  /** The soft hyphen, and what joins and parts letters. */
  private static final Set<Integer> HARMLESS = Set.of(0xad, 0x200c, 0x200d);

  /** A text as one line that shows them, in its styles. */
  static String escaped(String text) {
    return escaped(text, false, true);
  }

  /** The same with its lines. */
  static String escapedButLines(String text) {
    return escaped(text, true, true);
  }

  /** A text as one line that shows them, with the marks of its styles: it is yet to be printed. */
  static String marked(String text) {
    return escaped(text, false, false);
  }

  /**
   * @param styled whether what colours the text takes the place of its marks
   */
  private static String escaped(String text, boolean lines, boolean styled) {
    if (text.chars().noneMatch(ControlCharacters::acts)) {
      return text;
    }
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int style = Style.end(text, i);
      if (style > 0) {
        shown.append(styled ? Style.sequence(text, i, style) : text.substring(i, style));
        i = style - 1;
      } else if (!acts(c) || (lines && endsLine(text, i))) {
        shown.append(c);
      } else {
        shown.append(escape(c));
      }
    }
    return shown.toString();
  }

  private static boolean endsLine(String text, int i) {
    return text.charAt(i) == '\n' || text.startsWith("\r\n", i);
  }

  /** Whether it does something besides being seen; half of a pair of surrogates counts, too. */
  private static boolean acts(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL -> c != '\t';
      case Character.FORMAT -> !HARMLESS.contains(c);
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> c == Style.BEGIN || c == Style.END;
    };
  }

  private static String escape(char c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      default -> "\\u%04x".formatted((int) c);
    };
  }

  private ControlCharacters() {}
}
