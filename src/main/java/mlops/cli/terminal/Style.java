package mlops.cli.terminal;

import mlops.plan.Change.Action;

/**
 * Colours, or none. A styled text has marks that only this process knows, which become the escape
 * sequences of the terminal where it is printed: texts from outside cannot style anything.
 */
public record Style(boolean color) {
  static final char BEGIN = '\ufdd0'; // no character of any text
  static final char END = '\ufdd1';
  private static final String SECRET = Long.toHexString(System.nanoTime());
  private static final String MARK = BEGIN + SECRET + ":";

  private static final String RED = "31";
  private static final String GREEN = "32";
  private static final String YELLOW = "33";
  private static final String CYAN = "36";

  public String bold(String text) {
    return in("1", text);
  }

  public String dim(String text) {
    return in("2", text);
  }

  public String bad(String text) {
    return in(RED, text);
  }

  public String good(String text) {
    return in(GREEN, text);
  }

  /** The mark of an action in the colour of what it does. */
  public String mark(Action action) {
    String mark = String.valueOf(action.symbol);
    return switch (action) {
      case NONE -> dim(mark);
      case CREATE -> good(mark);
      case UPDATE -> in(YELLOW, mark);
      case DELETE -> bad(mark);
      case RUN -> in(CYAN, mark);
    };
  }

  private String in(String code, String text) {
    return color && !text.isEmpty() ? mark(code) + text + mark("0") : text;
  }

  private static String mark(String code) {
    return MARK + code + END;
  }

  /** Behind the mark that begins there; -1 where none does. */
  static int end(String text, int start) {
    return text.charAt(start) == BEGIN && text.startsWith(MARK, start)
        ? text.indexOf(END, start) + 1
        : -1;
  }

  /** What a mark does, for the terminal. */
  static String sequence(String text, int start, int end) {
    return "\u001b[" + text.substring(start + MARK.length(), end - 1) + "m";
  }

  /** A text without its styles. */
  public static String plain(String text) {
    return text.replaceAll("%s[^%s]*%s|\u001b\\[[0-9;]*m".formatted(MARK, END, END), "");
  }
}
