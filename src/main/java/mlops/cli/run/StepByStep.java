package mlops.cli.run;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mlops.cli.session.Session;
import mlops.cli.terminal.Style;
import mlops.cli.terminal.TerminalWidth;
import mlops.explain.Explanation;
import mlops.plan.Change;
import mlops.plan.Consent;
import mlops.plan.Recipe;

/**
 * {@code --step}: shows each step that has something to do, with what is said of it, and waits for
 * a key and Enter. Steps that stand already pass by, so that the same command later goes on where
 * this one ended. {@code b} runs the look line of the step that was done last.
 */
final class StepByStep implements Consent {
  private static final String KEYS =
      "Enter do it · p plan · w more · l look · s skip · ! shell · q quit";
  private static final String PROMPT = " > ";
  private static final String NO_BREAK = "\u00a0";

  private final Session session;
  private final Recipe recipe;
  private final StepExplanations explanations;
  private final LiveRunView view;
  private final LearnerShell shell;
  private Optional<String> lookBack = Optional.empty();

  StepByStep(Session session, CommandWork work, LiveRunView view, LearnerShell shell) {
    this.session = session;
    this.recipe = work.recipe();
    this.explanations = StepExplanations.of(session, work, true);
    this.view = view;
    this.shell = shell;
  }

  @Override
  public Answer to(Recipe.Node node, Change change) {
    view.paused(node);
    Optional<Explanation> explanation = explanations.find(node);
    show(node, change, explanation);
    Optional<Answer> answer = Optional.empty();
    while (answer.isEmpty()) {
      answer = answer(node, explanation, asked());
    }
    switch (answer.get()) {
      case APPLY -> {
        lookBack = explanation.map(Explanation::look);
        view.started(node);
      }
      case STOP -> view.stopped(node);
      case SKIP -> {}
    }
    return answer.get();
  }

  /** What the user typed; {@code q} where the input has ended. */
  private String asked() {
    String keys = lookBack.isPresent() ? KEYS.replace("look ·", "look · b back ·") : KEYS;
    return session.question().between(style().dim(lines(keys)) + PROMPT).orElse("q");
  }

  /** No line breaks between a key and what it does. */
  private String lines(String keys) {
    String kept = keys.replaceAll(" (?=·)|(?<!·) ", NO_BREAK);
    int columns = session.columns() - PROMPT.length();
    return TerminalWidth.wrapped(kept, columns, 0).replace(NO_BREAK, " ");
  }

  /** Empty where the question is to be asked again. */
  private Optional<Answer> answer(
      Recipe.Node node, Optional<Explanation> explanation, String typed) {
    switch (typed.toLowerCase(Locale.ROOT)) {
      case "", "y", "yes" -> {
        return Optional.of(Answer.APPLY);
      }
      case "s", "skip" -> {
        return Optional.of(Answer.SKIP);
      }
      case "q", "quit", "exit" -> {
        return Optional.of(Answer.STOP);
      }
      case "p", "plan" -> plan(node);
      case "w", "more" -> print(explanation.map(explanations::more).orElse(List.of()));
      case "l", "look" -> explanation.ifPresent(e -> shell.run(e.look()));
      case "b", "back" ->
          lookBack.ifPresentOrElse(shell::run, () -> print(List.of("Nothing yet.")));
      case "!", "shell" -> shell.open();
      default -> print(List.of("No key '%s'.".formatted(typed)));
    }
    return Optional.empty();
  }

  private void show(Recipe.Node node, Change change, Optional<Explanation> explanation) {
    int number = recipe.nodes().indexOf(node) + 1;
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        "%s  %s"
            .formatted(
                style().bold(node.id()),
                style().dim("step %d of %d".formatted(number, recipe.nodes().size()))));
    lines.add(
        "%s %s: %s"
            .formatted(style().mark(change.action()), node.step().describe(), change.reason()));
    explanation.map(explanations::brief).ifPresent(lines::addAll);
    print(lines);
  }

  /** What is still to come, from this step on. */
  private void plan(Recipe.Node from) {
    List<Recipe.Node> nodes = recipe.nodes();
    StepRows rows = StepRows.of(session, recipe);
    print(
        RecipeRun.silentPlan(session, recipe).stream()
            .filter(result -> nodes.indexOf(result.node()) >= nodes.indexOf(from))
            .flatMap(result -> rows.ended(result).lines())
            .toList());
  }

  private Style style() {
    return session.console().style();
  }

  private void print(List<String> lines) {
    PrintWriter out = session.console().out();
    lines.forEach(out::println);
    out.flush();
  }
}
