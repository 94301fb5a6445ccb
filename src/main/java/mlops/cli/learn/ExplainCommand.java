package mlops.cli.learn;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import mlops.cli.run.StepExplanations;
import mlops.cli.session.JsonDocument;
import mlops.cli.session.Session;
import mlops.cli.terminal.TerminalWidth;
import mlops.error.MlopsException;
import mlops.explain.Explanation;
import mlops.explain.Explanations;
import mlops.yaml.SpellingSuggestion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mlops explain}. */
@Command(
    name = "explain",
    description = "Says of a step why it is there, and how az does it. Asks no Azure.")
public final class ExplainCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "STEP",
      description = "The id of a step, as a plan shows it; none for all of them.")
  List<String> steps = new ArrayList<>();

  @Override
  public Integer call() {
    try (Session session = Session.open(spec)) {
      StepExplanations shown = StepExplanations.of(session);
      Explanations all = shown.explanations().orElseThrow();
      List<String> ids = steps.isEmpty() ? all.ids() : steps;
      ids.forEach(id -> require(all, id));
      if (session.options().json()) {
        print(session, all, ids);
      } else if (steps.isEmpty()) {
        list(session, shown, all);
      } else {
        PrintWriter out = session.console().out();
        for (String id : ids) {
          out.println(session.console().style().bold(id));
          all.of(id).map(shown::lines).orElseThrow().forEach(out::println);
        }
        out.flush();
      }
      return 0;
    }
  }

  /** All ids, each with the first sentence that is said of it. */
  private static void list(Session session, StepExplanations shown, Explanations all) {
    PrintWriter out = session.console().out();
    int width = all.ids().stream().mapToInt(String::length).max().orElse(0);
    for (String id : all.ids()) {
      String why = all.of(id).orElseThrow().why();
      String first = why.replaceFirst("(?s)(?<=[.;:]) .*", "").replaceFirst("[;:]$", ".");
      String line = id + " ".repeat(width - id.length() + 2) + shown.style().dim(first);
      out.println(TerminalWidth.cut(line, shown.columns()));
    }
    out.println();
    out.println("mlops explain STEP says more, and how az does it.");
    out.flush();
  }

  private static void require(Explanations all, String id) {
    if (all.of(id).isEmpty()) {
      List<String> ids = all.ids();
      throw MlopsException.invalid(
          "no step '%s'".formatted(id),
          SpellingSuggestion.wayOut(id, ids, "mlops explain lists all of them."));
    }
  }

  private static void print(Session session, Explanations all, List<String> ids) {
    JsonDocument document = new JsonDocument(session.command(), session.options());
    document.profile(session.profile());
    for (String id : ids) {
      ObjectNode step = document.result().withArray("steps").addObject().put("id", id);
      Explanation explanation = all.of(id).orElseThrow();
      StepExplanations.addTo(step, explanation);
    }
    document.print(session.console());
  }
}
