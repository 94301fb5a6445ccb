package mlops.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import mlops.plan.Change;
import mlops.plan.Recipe;
import mlops.plan.StepResult;

/** Steps as aligned lines. */
final class Rows {
  private static final int MAX_TITLE = 64;

  private final Style style;
  private final int idWidth;
  private final int titleWidth;

  Rows(Recipe recipe, Style style) {
    this.style = style;
    this.idWidth = recipe.nodes().stream().mapToInt(n -> n.id().length()).max().orElse(0);
    this.titleWidth =
        recipe.nodes().stream()
            .mapToInt(n -> Math.min(MAX_TITLE, n.step().describe().length()))
            .max()
            .orElse(0);
  }

  /** How a step ended. */
  String ended(StepResult result) {
    if (result instanceof StepResult.Planned planned) {
      return planned(planned);
    } else if (result instanceof StepResult.Applied applied) {
      String done = done(applied.change());
      return row(style.mark(applied.change().action()), result, done, applied.elapsed());
    } else if (result instanceof StepResult.Failed failed) {
      String code = Problem.of(failed.cause()).code();
      return row(style.bad("✗"), result, style.bad("failed: " + code), failed.elapsed());
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

  /** A step that is under way. */
  String running(Recipe.Node node, Duration elapsed) {
    return line(style.dim("…"), node, style.dim(seconds(elapsed)));
  }

  private String row(String mark, StepResult result, String text, Duration elapsed) {
    String time = elapsed.isZero() ? "" : style.dim("  " + seconds(elapsed));
    return line(mark, result.node(), text + time);
  }

  private String line(String mark, Recipe.Node node, String text) {
    String id = padded(node.id(), idWidth);
    return (mark + " " + id + "  " + padded(node.step().describe(), titleWidth) + "  " + text)
        .stripTrailing();
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

  /** {@code 0.3 s}, {@code 42 s} or {@code 3 min 5 s}. */
  static String seconds(Duration elapsed) {
    long whole = elapsed.toSeconds();
    if (whole < 10) {
      return String.format(Locale.ROOT, "%.1f s", elapsed.toMillis() / 1000.0);
    }
    return whole < 60 ? whole + " s" : "%d min %d s".formatted(whole / 60, whole % 60);
  }
}
