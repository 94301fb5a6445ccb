package mlops.cli.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import mlops.cli.session.FailureRenderer;
import mlops.cli.session.Interruption;
import mlops.cli.session.JsonDocument;
import mlops.cli.session.Session;
import mlops.cli.session.WorkflowCommands;
import mlops.cli.terminal.Durations;
import mlops.cli.terminal.Style;
import mlops.cli.terminal.TerminalWidth;
import mlops.cli.terminal.WrappedLines;
import mlops.plan.Recipe;
import mlops.plan.StepResult;
import mlops.profile.Profile;

/** Writes the end of a run, once: the summary or the JSON document, and what failed. */
final class RunReport {
  private final Session session;
  private final CommandWork work;
  private final StepExplanations explanations;
  private final Instant start;
  private final AtomicBoolean written = new AtomicBoolean();

  RunReport(Session session, CommandWork work, StepExplanations explanations) {
    this.session = session;
    this.work = work;
    this.explanations = explanations;
    this.start = session.clock().instant();
  }

  void plan(List<StepResult> results) {
    stand(results, "Plan: " + StepCounts.of(results).text() + ". Nothing was changed.");
    CommandResult said = work.planned().get();
    if (!session.options().json() && !session.options().quiet) {
      said.lines().forEach(out()::println);
    }
    finish(results, false, said);
  }

  /** What would be done, before somebody is asked whether it is to be. */
  void proposed(List<StepResult> results) {
    stand(
        results.stream().map(RunReport::withoutOrder).toList(),
        "Plan: " + StepCounts.of(results).text() + ".");
    out().flush();
  }

  /** How things stand, and what else there is to say of them. */
  void look(List<StepResult> results) {
    boolean failed = results.stream().anyMatch(StepResult.Failed.class::isInstance);
    CommandResult result = (failed ? work.soFar() : work.result()).get();
    stand(results, "%s: %s".formatted(session.command(), StepCounts.of(results).text()));
    if (!session.options().json()) {
      result.lines().forEach(out()::println);
    }
    finish(results, false, result);
  }

  /** Only what differs, or could not be looked at. */
  void differences(List<StepResult> results, CommandResult told) {
    long differing = results.stream().filter(Difference::is).count();
    List<StepResult> shown = results.stream().filter(r -> !Difference.isAsWanted(r)).toList();
    if (!session.options().json() && !session.options().quiet) {
      StepRows rows = StepRows.of(session, work.recipe());
      shown.forEach(r -> rows.ended(withoutOrder(r)).lines().forEach(out()::println));
      out().print(shown.isEmpty() ? "" : System.lineSeparator());
      String counted = counted(differing, results.size(), shown.size() - differing);
      TerminalWidth.wrapped(
              "%s %s: %s".formatted(session.command(), session.profile().suffix(), counted),
              session.columns(),
              0)
          .lines()
          .forEach(out()::println);
      told.lines().forEach(out()::println);
    }
    finish(results, false, told);
  }

  /** How many differ, of the looks that could be made. */
  private static String counted(long differing, long looks, long unmade) {
    String differ =
        "%s differ%s from the profile"
            .formatted(differing == 0 ? "nothing" : differing, differing < 2 ? "s" : "");
    if (unmade == 0) {
      return "%s, in %d looks".formatted(differ, looks);
    }
    String missing = "%d of %d looks could not be made".formatted(unmade, looks);
    return unmade == looks ? missing : "%s; in the others %s".formatted(missing, differ);
  }

  /** Where only what is found counts, not what waits for what. */
  private static StepResult withoutOrder(StepResult result) {
    return result instanceof StepResult.Planned planned
        ? new StepResult.Planned(
            new Recipe.Node(planned.node().id(), planned.node().step(), Set.of()), planned.change())
        : result;
  }

  private void stand(List<StepResult> results, String counted) {
    if (!session.options().json() && !session.options().quiet) {
      StepRows rows = StepRows.of(session, work.recipe());
      for (StepResult result : results) {
        rows.ended(result).lines().forEach(out()::println);
        explanations.lines(result.node()).forEach(out()::println);
      }
      gap(results);
      TerminalWidth.wrapped(counted, session.columns(), 0).lines().forEach(out()::println);
    }
  }

  /** An empty line, which each explanation ends in. */
  private void gap(List<StepResult> results) {
    boolean explained =
        !results.isEmpty() && !explanations.lines(results.get(results.size() - 1).node()).isEmpty();
    if (!explained) {
      out().println();
    }
  }

  void run(List<StepResult> results) {
    boolean failed = results.stream().anyMatch(StepResult.Failed.class::isInstance);
    CommandResult result = (failed ? work.soFar() : work.result()).get();
    if (!session.options().json() && !session.options().quiet) {
      gap(results);
      TerminalWidth.wrapped(summary(results), session.columns(), 0).lines().forEach(out()::println);
      result.lines().forEach(out()::println);
    }
    WorkflowCommands.in(session.environment().variables())
        .ifPresent(job -> tellGitHub(job, results, result));
    finish(results, false, result);
  }

  /** In a job of GitHub, its page and the steps behind it know what came of it. */
  private void tellGitHub(WorkflowCommands job, List<StepResult> results, CommandResult result) {
    StepRows rows = StepRows.of(session, work.recipe());
    job.summary(
        new StepSummary(
                Style.plain(summary(results)),
                result.page().get(),
                result.lines(),
                results,
                results.stream().map(r -> Style.plain(rows.ended(r))).toList())
            .markdown());
    ObjectNode found = JsonNodeFactory.instance.objectNode();
    result.json().accept(found);
    job.outputs(found);
  }

  /**
   * Writes how far a run came that its user stopped between two steps.
   *
   * @param next the id of the second of them
   */
  void stopped(String next, List<StepResult> results) {
    out().println();
    String counts = StepCounts.of(results).text();
    new WrappedLines(out(), session.columns())
        .add(0, "Stopped before %s: %s.".formatted(next, counts));
    out().println("The same command goes on there.");
    finish(results, false, work.soFar().get());
  }

  /** Writes how far an interrupted run came, unless its end has been written. */
  void interrupted(List<StepResult> results) {
    if (written.get()) {
      return;
    }
    if (!session.options().quiet) {
      PrintWriter err = session.console().err();
      err.println("Interrupted: " + StepCounts.of(results).text() + ".");
      err.println("Run the same command again: it finishes what is left.");
      err.flush();
    }
    finish(results, true, work.soFar().get());
  }

  private void finish(List<StepResult> results, boolean interrupted, CommandResult result) {
    if (!written.compareAndSet(false, true)) {
      return;
    }
    out().flush();
    if (session.options().json()) {
      print(results, interrupted, result);
    }
    new FailureRenderer(session.options(), session.environment()).steps(results);
  }

  private void print(List<StepResult> results, boolean interrupted, CommandResult result) {
    JsonDocument document = new JsonDocument(session.command(), session.options());
    document.profile(session.profile());
    results.forEach(r -> explanations.addTo(document.step(r), r.node()));
    document.counts(StepCounts.of(results).byWord());
    result.json().accept(document.result());
    if (interrupted) {
      document.error(Interruption.PROBLEM);
    }
    document.print(session.console());
  }

  private String summary(List<StepResult> results) {
    Duration elapsed = Duration.between(start, session.clock().instant());
    StepCounts counts = StepCounts.of(results);
    boolean broken = counts.failed() > 0;
    boolean refused = counts.refused() > 0;
    Style style = session.console().style();
    String head = "%s %s".formatted(session.command(), session.profile().suffix());
    return "%s %s, %s (%s)"
        .formatted(
            broken || refused
                ? style.bad(head + (broken ? " failed:" : " refused:"))
                : style.good(head + " done:"),
            counts.text(),
            Durations.text(elapsed),
            session.profile().cloud() == Profile.Cloud.LOCAL ? "local" : "azure");
  }

  private PrintWriter out() {
    return session.console().out();
  }
}
