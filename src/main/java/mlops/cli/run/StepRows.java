package mlops.cli.run;

import java.time.Duration;
import java.util.Set;
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

  /** A blank at which no line ends. */
  private static final char TOGETHER = '\u00a0';

  private static final int MAX_TITLE = 64;
  private static final int MIN_TITLE = 20;
  private static final int MAX_AFTER = 6;

  /** What a usual end of a step takes, such as {@code blocked: needs verdict}. */
  private static final int ENDING = 24;

  private static final int GAPS = 6; // the mark, and two blanks between columns
  private static final int BEFORE_TITLE = 4; // the mark, and the blanks around an id

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
    return texts.mapToInt(TerminalWidth::length).max().orElse(0);
  }

  /** How a step ended. */
  String ended(StepResult result) {
    if (result instanceof StepResult.Planned planned) {
      return planned(planned);
    } else if (result instanceof StepResult.Applied applied) {
      String done = applied.change().done();
      return row(style.mark(applied.change().action()), result, done, applied.elapsed());
    } else if (result instanceof StepResult.Failed failed) {
      String word = FailureRenderer.isRefusal(failed) ? "refused: " : "failed: ";
      String code = Problem.of(failed.cause()).code();
      return row(style.bad("✗"), result, style.bad(word + code), failed.elapsed());
    } else if (result instanceof StepResult.Blocked blocked) {
      return row(style.dim("·"), result, "blocked: needs " + blocked.by(), Duration.ZERO);
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
            ? style.dim("after " + first(planned.node().waitsFor()))
            : "";
    String reason = change.isNeeded() ? change.reason() : style.dim(change.reason());
    return line(style.mark(change.action()), planned.node(), reason, after);
  }

  /** The steps that one waits for; the first of them where they are many. */
  private static String first(Set<String> ids) {
    int more = ids.size() - MAX_AFTER;
    String first = ids.stream().sorted().limit(MAX_AFTER).collect(Collectors.joining(", "));
    return more > 0 ? "%s and %d more".formatted(first, more) : first;
  }

  /**
   * A step that is under way, always as one line.
   *
   * @param more what is said behind its time
   */
  String running(Recipe.Node node, Duration elapsed, String more) {
    String time = style.dim(Durations.text(elapsed) + more);
    return head(style.dim("…"), node, fitted(node)) + "  " + time;
  }

  private String row(String mark, StepResult result, String text, Duration elapsed) {
    String time = elapsed.isZero() ? "" : style.dim(Durations.text(elapsed).replace(' ', TOGETHER));
    return line(mark, result.node(), text, time).replace(TOGETHER, ' ');
  }

  /**
   * Names are never cut: what does not fit into a line goes on in the next, the tail first.
   *
   * @param tail what is said last, and least
   */
  private String line(String mark, Recipe.Node node, String given, String tail) {
    String text = Console.safe(given); // before it is measured, and broken into lines
    String title = node.step().describe();
    String whole = head(mark, node, title);
    String aligned = head(mark, node, TerminalWidth.padded(title, titleWidth));
    boolean mayPart = tail.contains(" "); // a time stays beside what it took
    return Stream.of(
            joined(aligned, text, tail),
            mayPart ? parted(joined(aligned, text), tail) : "",
            joined(whole, text, tail),
            mayPart ? parted(joined(whole, text), tail) : "")
        .filter(lines -> !lines.isEmpty() && fits(lines.lines().findFirst().orElseThrow()))
        .findFirst()
        .orElseGet(
            () -> parted(fits(whole) ? whole : wrapped(mark, node, title), joined(text, tail)));
  }

  private static String joined(String... texts) {
    return Stream.of(texts)
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining("  "))
        .stripTrailing();
  }

  private String parted(String first, String rest) {
    return rest.isEmpty() ? first : first + System.lineSeparator() + below(rest);
  }

  private boolean fits(String line) {
    return columns == TerminalWidth.ANY || TerminalWidth.length(line) <= columns;
  }

  /** The title beside its id, or below it where that leaves too little room. */
  private String wrapped(String mark, Recipe.Node node, String title) {
    return indent() == idWidth + BEFORE_TITLE
        ? head(mark, node, below(title).stripLeading())
        : parted(head(mark, node, "").stripTrailing(), title);
  }

  private int indent() {
    int beside = idWidth + BEFORE_TITLE;
    return columns - beside >= MIN_TITLE ? beside : Math.min(beside, columns / 2);
  }

  private String below(String text) {
    String whole = UNIT.matcher(text).replaceAll("$1" + TOGETHER + "$2"); // 1.2 s stays together
    return TerminalWidth.wrapped(whole, columns, indent()).replace(TOGETHER, ' ');
  }

  private String head(String mark, Recipe.Node node, String title) {
    return "%s %s  %s".formatted(mark, TerminalWidth.padded(node.id(), idWidth), title);
  }

  /** The title of a step, as wide as its column, and no wider. */
  private String fitted(Recipe.Node node) {
    String title = node.step().describe();
    boolean fits = columns == TerminalWidth.ANY || TerminalWidth.length(title) <= titleWidth;
    return TerminalWidth.padded(
        fits ? title : TerminalWidth.cut(title, titleWidth - 1) + "…", titleWidth);
  }
}
