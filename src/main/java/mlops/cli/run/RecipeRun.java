package mlops.cli.run;

import java.util.List;
import java.util.function.Function;
import mlops.cli.session.Interruption;
import mlops.cli.session.Session;
import mlops.error.MlopsException;
import mlops.plan.Recipe;
import mlops.plan.Runner;
import mlops.plan.StepResult;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** {@code --plan} and all that commands share that run a recipe. */
public final class RecipeRun {
  private static final int CHANGES_NEEDED = 4;
  private static final int INTERRUPTED = 130;

  @Option(names = "--plan", description = "Show what would change, and change nothing.")
  boolean plan;

  @Option(
      names = "--detailed-exitcode",
      description = "With --plan: end with exit code 4 if changes are needed.")
  boolean detailedExitCode;

  @Option(
      names = "--explain",
      description = "Say of each step why it is there, and how az does it.")
  boolean explain;

  /** Runs or plans a recipe; the exit code. */
  public int execute(CommandSpec spec, Function<Session, Recipe> recipe) {
    return executeWork(spec, session -> CommandWork.of(recipe.apply(session)));
  }

  /** Runs or plans a recipe with something to report at the end; the exit code. */
  public int executeWork(CommandSpec spec, Function<Session, CommandWork> open) {
    if (detailedExitCode && !plan) {
      throw MlopsException.invalid(
          "--detailed-exitcode says what a plan would change", "Add --plan, or leave it out.");
    }
    try (Session session = Session.open(spec)) {
      CommandWork work = open.apply(session);
      return plan ? planned(session, work) : run(session, work);
    }
  }

  /** Shows how things stand, changes nothing, and reports what the work has to. */
  public static int look(CommandSpec spec, Function<Session, CommandWork> open) {
    try (Session session = Session.open(spec)) {
      CommandWork work = open.apply(session);
      StepExplanations none = StepExplanations.of(session, work.recipe(), false);
      List<StepResult> results = plan(session, work, none);
      new RunReport(session, work, none).look(results);
      return exitCode(results);
    }
  }

  private static List<StepResult> plan(
      Session session, CommandWork work, StepExplanations explanations) {
    LiveRunView view = LiveRunView.of(session, work.recipe(), true, explanations);
    try (view) {
      return runner(session, view).plan(work.recipe());
    }
  }

  private int planned(Session session, CommandWork work) {
    StepExplanations explanations = StepExplanations.of(session, work.recipe(), explain);
    List<StepResult> results = plan(session, work, explanations);
    new RunReport(session, work, explanations).plan(results);
    if (results.stream().anyMatch(StepResult.Failed.class::isInstance)) {
      return exitCode(results);
    }
    boolean needed =
        results.stream().anyMatch(r -> r instanceof StepResult.Planned p && p.change().isNeeded());
    return detailedExitCode && needed ? CHANGES_NEEDED : 0;
  }

  private int run(Session session, CommandWork work) {
    StepExplanations explanations = StepExplanations.of(session, work.recipe(), explain);
    LiveRunView view = LiveRunView.of(session, work.recipe(), false, explanations);
    Runner runner = runner(session, view);
    RunReport report = new RunReport(session, work, explanations);
    try (Interruption interruption =
        Interruption.of(session, runner, () -> report.interrupted(view.soFar()))) {
      List<StepResult> results;
      try (view) {
        results = runner.run(work.recipe());
      }
      if (interruption.happened()) {
        report.interrupted(results);
        return INTERRUPTED;
      }
      report.run(results);
      return exitCode(results);
    }
  }

  private static Runner runner(Session session, LiveRunView view) {
    return new Runner(session.clock(), view, session.options().parallelism());
  }

  /** 1 as soon as one step failed for a reason that is neither a gate nor a wrong file. */
  static int exitCode(List<StepResult> results) {
    int code = 0;
    for (StepResult result : results) {
      if (result instanceof StepResult.Failed failed) {
        int its = failed.cause() instanceof MlopsException e ? e.kind().exitCode : 1;
        code = code == 0 ? its : Math.min(code, its);
      }
    }
    return code;
  }
}
