package mlops.cli.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import mlops.cli.session.FailureRenderer;
import mlops.cli.session.Interruption;
import mlops.cli.session.JsonDocument;
import mlops.cli.session.Session;
import mlops.cli.session.WorkflowCommands;
import mlops.cli.terminal.Durations;
import mlops.cli.terminal.Style;
import mlops.cli.terminal.TerminalWidth;
import mlops.plan.Change;
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
    stand(results, "Plan: " + counts(results) + ". Nothing was changed.");
    CommandResult said = work.planned().get();
    if (!session.options().json() && !session.options().quiet) {
      said.lines().forEach(out()::println);
    }
    finish(results, false, said);
  }

  /** How things stand, and what else there is to say of them. */
  void look(List<StepResult> results) {
    boolean failed = results.stream().anyMatch(StepResult.Failed.class::isInstance);
    CommandResult result = (failed ? work.soFar() : work.result()).get();
    stand(results, "%s: %s".formatted(session.command(), counts(results)));
    if (!session.options().json()) {
      result.lines().forEach(out()::println);
    }
    finish(results, false, result);
  }

  private void stand(List<StepResult> results, String counted) {
    if (!session.options().json() && !session.options().quiet) {
      StepRows rows = StepRows.of(session, work.recipe());
      for (StepResult result : results) {
        rows.ended(result).lines().forEach(out()::println);
        explanations.lines(result.node()).forEach(out()::println);
      }
      out().println();
      TerminalWidth.wrapped(counted, session.columns(), 0).lines().forEach(out()::println);
    }
  }

  void run(List<StepResult> results) {
    boolean failed = results.stream().anyMatch(StepResult.Failed.class::isInstance);
    CommandResult result = (failed ? work.soFar() : work.result()).get();
    if (!session.options().json() && !session.options().quiet) {
      out().println();
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
    out().println("Stopped before %s: %s.".formatted(next, counts(results)));
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
      err.println("Interrupted: " + counts(results) + ".");
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
    result.json().accept(document.result());
    if (interrupted) {
      document.error(Interruption.PROBLEM);
    }
    document.print(session.console());
  }

  private String summary(List<StepResult> results) {
    Duration elapsed = Duration.between(start, session.clock().instant());
    boolean broken = results.stream().anyMatch(RunReport::isBroken);
    boolean refused = results.stream().anyMatch(RunReport::isRefusal);
    Style style = session.console().style();
    String head = "%s %s".formatted(session.command(), session.profile().suffix());
    return "%s %s, %s (%s)"
        .formatted(
            broken || refused
                ? style.bad(head + (broken ? " failed:" : " refused:"))
                : style.good(head + " done:"),
            counts(results),
            Durations.text(elapsed),
            session.profile().cloud() == Profile.Cloud.LOCAL ? "local" : "azure");
  }

  private static String counts(List<StepResult> results) {
    List<String> parts = new ArrayList<>();
    for (Change.Action action : Change.Action.values()) {
      String words = "to " + action.name().toLowerCase(Locale.ROOT);
      count(parts, words, results, r -> isPlanned(r, action) && action != Change.Action.NONE);
    }
    count(parts, "applied", results, StepResult.Applied.class::isInstance);
    count(
        parts,
        "unchanged",
        results,
        r -> r instanceof StepResult.Unchanged || isPlanned(r, Change.Action.NONE));
    count(parts, "failed", results, RunReport::isBroken);
    count(parts, "refused", results, RunReport::isRefusal);
    count(parts, "skipped", results, StepResult.Skipped.class::isInstance);
    return parts.isEmpty() ? "no steps" : String.join(", ", parts);
  }

  private static boolean isRefusal(StepResult result) {
    return result instanceof StepResult.Failed failed && FailureRenderer.isRefusal(failed);
  }

  private static boolean isBroken(StepResult result) {
    return result instanceof StepResult.Failed failed && !FailureRenderer.isRefusal(failed);
  }

  private static boolean isPlanned(StepResult result, Change.Action action) {
    return result instanceof StepResult.Planned planned && planned.change().action() == action;
  }

  private static void count(
      List<String> parts, String words, List<StepResult> results, Predicate<StepResult> which) {
    long count = results.stream().filter(which).count();
    if (count > 0) {
      parts.add(count + " " + words);
    }
  }

  private PrintWriter out() {
    return session.console().out();
  }
}
