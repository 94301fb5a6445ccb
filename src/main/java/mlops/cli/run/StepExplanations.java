package mlops.cli.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mlops.cli.session.Session;
import mlops.cli.session.Shell;
import mlops.cli.terminal.Style;
import mlops.cli.terminal.TerminalWidth;
import mlops.explain.Explanation;
import mlops.explain.Explanations;
import mlops.explain.Given;
import mlops.plan.Recipe;

/**
 * What {@code --explain} says of steps, for people and in the JSON document.
 *
 * @param explanations empty where nobody asked
 * @param start of the ids under which the steps of a recipe are explained: recipes on GitHub have
 *     steps of the same names as the journey
 * @param given what the command was told
 * @param columns of the terminal; {@link TerminalWidth#ANY} in a pipe
 */
public record StepExplanations(
    Optional<Explanations> explanations, String start, Given given, Style style, int columns) {
  private static final int INDENT = 2;
  private static final int LABEL = 6;

  /** For a session; they say nothing where they are not wanted. */
  static StepExplanations of(Session session, CommandWork work, boolean wanted) {
    Recipe recipe = work.recipe();
    boolean onGitHub = recipe.name().startsWith("github ") || recipe.name().equals("approve");
    return of(session, onGitHub ? "github." : "", work.given(), wanted);
  }

  /** For a session, of steps by their whole ids. */
  public static StepExplanations of(Session session) {
    return of(session, "", Given.nothing(), true);
  }

  private static StepExplanations of(Session session, String start, Given given, boolean wanted) {
    Shell shell = Shell.ofThisSystem();
    Optional<Explanations> explanations =
        wanted
            ? Optional.of(
                new Explanations(session.profile(), session.azure().subscription(), shell::word))
            : Optional.empty();
    return new StepExplanations(
        explanations, start, given, session.console().style(), session.columns());
  }

  /** What is told of a step; empty where nothing is. */
  Optional<Explanation> find(Recipe.Node node) {
    return explanations.flatMap(all -> all.of(start + node.id(), given));
  }

  List<String> lines(Recipe.Node node) {
    return find(node).map(this::lines).orElse(List.of());
  }

  /** The lines of one explanation, and an empty one. */
  public List<String> lines(Explanation explanation) {
    List<String> lines = new ArrayList<>(brief(explanation));
    lines.addAll(more(explanation));
    lines.add("");
    return lines;
  }

  /** Why, and how az does it, or gh. */
  List<String> brief(Explanation explanation) {
    List<String> lines = new ArrayList<>();
    add(lines, "why", explanation.why());
    explanation.az().ifPresent(line -> addLine(lines, "az", line));
    if (explanation.gh().isEmpty()) {
      explanation.withoutAz().ifPresent(text -> add(lines, "az", "– " + text));
    } else {
      explanation.gh().forEach(line -> addLine(lines, "gh", line));
    }
    return lines;
  }

  /** All else that is told. */
  List<String> more(Explanation explanation) {
    List<String> lines = new ArrayList<>();
    addLine(lines, "rest", explanation.rest());
    addLine(lines, "look", explanation.look());
    addLine(lines, "docs", explanation.docs());
    add(lines, "from", explanation.source());
    return lines;
  }

  /** A text, broken between words where the terminal ends. */
  private void add(List<String> lines, String label, String text) {
    int indent = INDENT + LABEL;
    List<String> wrapped =
        TerminalWidth.wrapped(text, Math.max(columns, 2 * indent), indent).lines().toList();
    addLine(lines, label, wrapped.get(0).strip());
    lines.addAll(wrapped.subList(1, wrapped.size()));
  }

  /** What is to be copied stays one line, which the terminal itself wraps. */
  private void addLine(List<String> lines, String label, String text) {
    lines.add(" ".repeat(INDENT) + style.dim(label + " ".repeat(LABEL - label.length())) + text);
  }

  void addTo(ObjectNode step, Recipe.Node node) {
    find(node).ifPresent(explanation -> addTo(step, explanation));
  }

  /** The fields of an explanation; {@code az} is null where {@code withoutAz} says why. */
  public static void addTo(ObjectNode json, Explanation explanation) {
    json.put("why", explanation.why());
    json.put("az", explanation.az().orElse(null));
    explanation.withoutAz().ifPresent(text -> json.put("withoutAz", text));
    if (!explanation.gh().isEmpty()) {
      explanation.gh().forEach(json.putArray("gh")::add);
    }
    json.put("rest", explanation.rest());
    json.put("look", explanation.look());
    json.put("docs", explanation.docs());
    json.put("source", explanation.source());
  }
}
