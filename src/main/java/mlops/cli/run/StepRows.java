package mlops.cli.run;

import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mlops.cli.session.FailureRenderer;
import mlops.cli.session.Problem;
import mlops.cli.session.Session;
import mlops.cli.terminal.Console;
import mlops.cli.terminal.Durations;
import mlops.cli.terminal.Style;
import mlops.cli.terminal.TerminalWidth;
import mlops.plan.Change;
import mlops.plan.Recipe;
import mlops.plan.StepResult;

/** Steps as aligned lines. In a terminal, what does not fit into a line is wrapped. */
final class StepRows {
  private static final Pattern UNIT = Pattern.compile("(\\d) (s|min)\\b");
  private static final int MAX_TITLE = 64;
  private static final int MIN_TITLE = 20;

  /** What a usual end of a step takes, such as {@code skipped: needs verdict}. */
  private static final int ENDING = 24;

  private static final int GAPS = 6; // the mark, and two blanks between columns

  private final Style style;
  private final int columns;
  private final int idWidth;
  private final int titleWidth;

  /**
   * For the steps of a recipe.
   *
   * @param columns how many the terminal has; {@link TerminalWidth#ANY} in a pipe
   */
  StepRows(Recipe recipe, Style style, int columns) {
    this.style = style;
    this.columns = columns;
    this.idWidth = longest(recipe.nodes().stream().map(Recipe.Node::id));
    int left = Math.max(MIN_TITLE, columns - idWidth - GAPS - ENDING);
    int longest = longest(recipe.nodes().stream().map(node -> node.step().describe()));
    this.titleWidth = Math.min(Math.min(MAX_TITLE, left), longest);
  }

  /** For the console of a session. */
  static StepRows of(Session session, Recipe recipe) {
    return new StepRows(recipe, session.console().style(), session.columns());
  }

  private static int longest(Stream<String> texts) {
    return texts.mapToInt(String::length).max().orElse(0);
  }

  /** How a step ended. */
  String ended(StepResult result) {
    if (result instanceof StepResult.Planned planned) {
      return planned(planned);
    } else if (result instanceof StepResult.Applied applied) {
      String done = done(applied.change());
      return row(style.mark(applied.change().action()), result, done, applied.elapsed());
    } else if (result instanceof StepResult.Failed failed) {
      String word = FailureRenderer.isRefusal(failed) ? "refused: " : "failed: ";
      String code = Problem.of(failed.cause()).code();
      return row(style.bad("✗"), result, style.bad(word + code), failed.elapsed());
    } else if (result instanceof StepResult.Skipped skipped) {
      return row(style.dim("·"), result, "skipped: " + skipped.reason(), Duration.ZERO);
    }
    String reason = result instanceof StepResult.Unchanged same ? same.reason() : "";
    return row(style.mark(Change.Action.NONE), result, style.dim(reason), Duration.ZERO);
  }

  private String planned(StepResult.Planned planned) {
    Change change = planned.change();
    String after =
        change.isNeeded() && !planned.node().waitsFor().isEmpty()
            ? style.dim(
                "  after "
                    + planned.node().waitsFor().stream().sorted().collect(Collectors.joining(", ")))
            : "";
    String reason = change.isNeeded() ? change.reason() : style.dim(change.reason());
    return row(style.mark(change.action()), planned, reason + after, Duration.ZERO);
  }

  /** A step that is under way, always as one line. */
  String running(Recipe.Node node, Duration elapsed) {
    return head(style.dim("…"), node, fitted(node)) + "  " + style.dim(Durations.text(elapsed));
  }

  private String row(String mark, StepResult result, String text, Duration elapsed) {
    String time = elapsed.isZero() ? "" : style.dim("  " + Durations.text(elapsed));
    return line(mark, result.node(), text + time);
  }

  /** Names are never cut: what does not fit into a line goes on in the next. */
  private String line(String mark, Recipe.Node node, String given) {
    String text = Console.safe(given); // before it is measured, and broken into lines
    String title = node.step().describe();
    boolean aligned = columns == TerminalWidth.ANY || title.length() <= titleWidth;
    String line = (head(mark, node, fitted(node)) + "  " + text).stripTrailing();
    if (aligned && TerminalWidth.length(line) <= columns) {
      return line;
    }
    String whole = head(mark, node, title);
    String first = TerminalWidth.length(whole) <= columns ? whole : wrapped(mark, node, title);
    return text.isEmpty() ? first : first + System.lineSeparator() + below(text);
  }

  private String wrapped(String mark, Recipe.Node node, String title) {
    return head(mark, node, below(title).stripLeading());
  }

  private String below(String text) {
    String whole = UNIT.matcher(text).replaceAll("$1\u00a0$2"); // 1.2 s stays together
    return TerminalWidth.wrapped(whole, columns, Math.min(idWidth + 4, columns / 2))
        .replace('\u00a0', ' ');
  }

  private String head(String mark, Recipe.Node node, String title) {
    return "%s %s  %s".formatted(mark, padded(node.id(), idWidth), title);
  }

  /** The title of a step, as wide as its column, and no wider. */
  private String fitted(Recipe.Node node) {
    String title = node.step().describe();
    boolean fits = columns == TerminalWidth.ANY || title.length() <= titleWidth;
    return fits ? padded(title, titleWidth) : title.substring(0, titleWidth - 1) + "…";
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  private static String done(Change change) {
    return switch (change.action()) {
      case NONE -> change.reason();
      case CREATE -> "created";
      case UPDATE -> "updated: " + change.reason();
      case DELETE -> "deleted";
      case RUN -> "done";
    };
  }
}
