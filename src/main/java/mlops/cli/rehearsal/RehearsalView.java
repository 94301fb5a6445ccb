package mlops.cli.rehearsal;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import mlops.cli.terminal.Console;
import mlops.cli.terminal.Style;
import mlops.emulator.github.actions.Conclusion;
import mlops.emulator.github.actions.RunJob;
import mlops.emulator.github.actions.RunStep;
import mlops.emulator.github.actions.WorkflowRun;
import mlops.rehearsal.RunListener;

/** A run as people read it: a line for each step and job, as they end. */
final class RehearsalView implements RunListener {
  private static final int WIDTH = 58;

  private final PrintWriter out;
  private final Style style;
  private final Clock clock;
  private Instant start;

  RehearsalView(Console console, PrintWriter out, Clock clock) {
    this.out = out;
    this.style = console.style();
    this.clock = clock;
    this.start = clock.instant();
  }

  void began(WorkflowRun run, String repository) {
    line(
        "%s on %s, run %d%s (%s on %s)"
            .formatted(
                style.bold(run.workflow().name()),
                repository,
                run.number(),
                run.attempt() == 1 ? "" : ", attempt " + run.attempt(),
                run.workflow().path(),
                run.trigger().branch()));
  }

  @Override
  public void said(String text) {
    line("  " + text);
  }

  @Override
  public void jobStarted(RunJob job) {
    start = clock.instant();
    String into = job.environment().isEmpty() ? "" : "  into " + job.environment();
    line("");
    line(style.bold(job.name()) + into);
  }

  @Override
  public void stepEnded(RunJob job, RunStep step, Conclusion how, Duration took) {
    String title =
        step.name().length() > WIDTH ? step.name().substring(0, WIDTH - 1) + "…" : step.name();
    line(
        "  %s %s  %s"
            .formatted(mark(how), ("%-" + WIDTH + "s").formatted(title), style.dim(seconds(took))));
  }

  @Override
  public void jobEnded(RunJob job, Conclusion how, String reason, List<String> tail) {
    boolean ran = !job.steps().isEmpty();
    if (!ran) {
      line("");
    }
    for (String last : tail) {
      line("      " + style.dim(last));
    }
    String why = reason.isEmpty() || how == Conclusion.CANCELLED ? "" : ": " + reason;
    String took = ran ? "  " + style.dim(seconds(Duration.between(start, clock.instant()))) : "";
    line("%s %s %s%s%s".formatted(mark(how), job.name(), words(how), why, took));
  }

  private String mark(Conclusion how) {
    return switch (how) {
      case SUCCESS -> style.good("✓");
      case FAILURE -> style.bad("✗");
      case CANCELLED, SKIPPED -> style.dim("-");
    };
  }

  static String words(Conclusion how) {
    return switch (how) {
      case SUCCESS -> "succeeded";
      case FAILURE -> "failed";
      case CANCELLED -> "was canceled";
      case SKIPPED -> "was skipped";
    };
  }

  private static String seconds(Duration took) {
    double seconds = took.toMillis() / 1000.0;
    return String.format(Locale.ROOT, seconds < 10 ? "%.1f s" : "%.0f s", seconds);
  }

  private void line(String text) {
    out.println(text);
    out.flush();
  }
}
