package mlops.cli.terminal;

import mlops.plan.Change.Action;

/** Colours, or none. */
public record Style(boolean color) {
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
    return color && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
