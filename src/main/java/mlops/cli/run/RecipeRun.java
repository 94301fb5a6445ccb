package mlops.cli.run;

import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import mlops.azure.time.Time;
import mlops.cli.session.GlobalOptions;
import mlops.cli.session.Interruption;
import mlops.cli.session.RootCommand;
import mlops.cli.session.Session;
import mlops.error.MlopsException;
import mlops.plan.Progress;
import mlops.plan.Recipe;
import mlops.plan.Runner;
import mlops.plan.StepResult;
import mlops.yaml.SpellingSuggestion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** {@code --plan} and all that commands share that run a recipe. */
public final class RecipeRun {
  private static final int CHANGES_NEEDED = 4;
  private static final int INTERRUPTED = 130;

  /** Options of a plan that a run does not need. */
  private static final Set<String> LOOKING = Set.of("--plan", "--detailed-exitcode", "--explain");

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

  @Option(
      names = "--step",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "ID",
      description = "Ask before each step; with an id: only that step, and what it needs.")
  @Nullable String step;

  /** Whether nothing is to be changed. */
  public boolean isPlan() {
    return plan;
  }

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
      requireSomebody(session);
      CommandWork work = wanted(open.apply(session));
      return plan ? planned(spec, session, work) : run(spec, session, work);
    }
  }

  /** The same, where somebody has to agree to the plan before it runs; the exit code. */
  public int executeAgreed(
      CommandSpec spec, Function<Session, CommandWork> open, Agreement agreement) {
    if (plan || detailedExitCode || stepByStep()) {
      return executeWork(spec, open); // changes nothing, or asks before each step
    }
    try (Session session = Session.open(spec)) {
      CommandWork work = wanted(open.apply(session));
      StepExplanations explanations = StepExplanations.of(session, work, explain);
      List<StepResult> results = plan(session, work, explanations);
      RunReport report = new RunReport(session, work, explanations);
      List<StepResult.Planned> needed = needed(results);
      if (results.stream().anyMatch(StepResult.Failed.class::isInstance) || needed.isEmpty()) {
        report.plan(results);
        return exitCode(results);
      }
      report.proposed(results);
      agreement.to(session, needed);
      return run(spec, session, wanted(open.apply(session)));
    }
  }

  private static List<StepResult.Planned> needed(List<StepResult> results) {
    return results.stream()
        .filter(StepResult.Planned.class::isInstance)
        .map(StepResult.Planned.class::cast)
        .filter(planned -> planned.change().isNeeded())
        .toList();
  }

  private boolean stepByStep() {
    return step != null && step.isEmpty();
  }

  private void requireSomebody(Session session) {
    if (stepByStep() && (plan || session.options().json() || !session.console().live())) {
      throw MlopsException.invalid(
          "--step asks before each step, and here nobody is asked",
          "Run it in a terminal, without --plan and -o json, or name a step: --step=ID.");
    }
  }

  /** The work as far as it is needed for the step that is asked for. */
  private CommandWork wanted(CommandWork whole) {
    String id = step;
    if (id == null || id.isEmpty()) {
      return whole;
    }
    List<String> ids = whole.recipe().nodes().stream().map(Recipe.Node::id).toList();
    Recipe part =
        whole
            .recipe()
            .upTo(id)
            .orElseThrow(
                () ->
                    MlopsException.invalid(
                        "%s has no step '%s'".formatted(whole.recipe().name(), id),
                        SpellingSuggestion.wayOut(id, ids, "--plan lists them.")));
    return new CommandWork(part, whole.soFar(), whole.soFar()).given(whole.given());
  }

  /** Shows how things stand, changes nothing, and reports what the work has to. */
  public static int look(CommandSpec spec, Function<Session, CommandWork> open) {
    try (Session session = Session.open(spec)) {
      CommandWork work = open.apply(session);
      StepExplanations none = StepExplanations.of(session, work, false);
      List<StepResult> results = plan(session, work, none);
      new RunReport(session, work, none).look(results);
      return exitCode(results);
    }
  }

  /**
   * Shows where things differ from what a recipe wants, and changes nothing; 4 where something
   * does.
   *
   * @param told what there is to say of the looks
   */
  public static int differences(
      CommandSpec spec,
      Function<Session, Recipe> recipe,
      BiFunction<Session, List<StepResult>, CommandResult> told) {
    try (Session session = Session.open(spec)) {
      CommandWork work = CommandWork.of(recipe.apply(session));
      StepExplanations none = StepExplanations.of(session, work, false);
      List<StepResult> results = plan(session, work, none);
      new RunReport(session, work, none).differences(results, told.apply(session, results));
      boolean broken = results.stream().anyMatch(r -> isFailure(r) && !Difference.is(r));
      if (broken) {
        return Math.max(1, exitCode(results.stream().filter(r -> !Difference.is(r)).toList()));
      }
      return results.stream().anyMatch(Difference::is) ? CHANGES_NEEDED : 0;
    }
  }

  private static boolean isFailure(StepResult result) {
    return result instanceof StepResult.Failed;
  }

  private static List<StepResult> plan(
      Session session, CommandWork work, StepExplanations explanations) {
    LiveRunView view = LiveRunView.ofPlan(session, work.recipe(), explanations);
    try (view) {
      return runner(session, view).plan(work.recipe());
    }
  }

  private int planned(CommandSpec spec, Session session, CommandWork work) {
    StepExplanations explanations = StepExplanations.of(session, work, explain);
    List<StepResult> results = plan(session, work, explanations);
    new RunReport(session, work, explanations).plan(results);
    if (results.stream().anyMatch(StepResult.Failed.class::isInstance)) {
      return exitCode(results);
    }
    boolean needed = !needed(results).isEmpty();
    if (needed) {
      session.next(withoutPlan(spec));
    }
    return detailedExitCode && needed ? CHANGES_NEEDED : 0;
  }

  private int run(CommandSpec spec, Session session, CommandWork work) {
    StepExplanations explanations = StepExplanations.of(session, work, explain);
    LiveRunView view =
        LiveRunView.of(session, work.recipe(), explanations, forecast(session, work.recipe()));
    Runner runner = runner(session, view);
    RunReport report = new RunReport(session, work, explanations);
    try (Interruption interruption =
        Interruption.of(session, runner, () -> report.interrupted(view.soFar()))) {
      List<StepResult> results = shown(spec, session, work, view, runner);
      if (interruption.happened()) {
        report.interrupted(results);
        return INTERRUPTED;
      }
      view.stoppedBefore()
          .ifPresentOrElse(next -> report.stopped(next, results), () -> report.run(results));
      int exitCode = exitCode(results);
      if (exitCode == 0 && view.stoppedBefore().isEmpty()) {
        work.next().get().ifPresent(session::next);
      }
      return exitCode;
    }
  }

  /** Where somebody decides at each step, nobody knows how long the rest takes. */
  private Forecast forecast(Session session, Recipe recipe) {
    return session.console().live() && !stepByStep()
        ? new Forecast(recipe, StepTimes.of(session).last())
        : Forecast.none(recipe);
  }

  /** The words of this command that make what it plans, but for the options of all commands. */
  private static String withoutPlan(CommandSpec spec) {
    StringBuilder words = new StringBuilder(spec.qualifiedName().replaceFirst("^\\S+ ", ""));
    for (CommandLine.Model.OptionSpec option :
        spec.commandLine().getParseResult().matchedOptions()) {
      boolean looks = LOOKING.contains(option.longestName());
      if (!looks && !option.inherited()) {
        for (String value : option.originalStringValues()) {
          boolean flag = option.arity().max() == 0;
          words.append(' ').append(option.longestName());
          words.append(flag ? "" : " " + GlobalOptions.quoted(value));
        }
      }
    }
    return words.toString();
  }

  private List<StepResult> shown(
      CommandSpec spec, Session session, CommandWork work, LiveRunView view, Runner runner) {
    try (view) {
      if (!stepByStep()) {
        List<StepResult> results = runner.run(work.recipe());
        boolean real = session.azure().connection().time() == Time.REAL;
        if (session.console().live() && real) {
          StepTimes.of(session).keep(results);
        }
        return results;
      }
      LearnerShell shell = new LearnerShell(session, RootCommand.of(spec));
      return runner.runInOrder(work.recipe(), new StepByStep(session, work, view, shell));
    }
  }

  /** What each step of a recipe would do; nothing of it is shown. */
  public static List<StepResult> silentPlan(Session session, Recipe recipe) {
    return runner(session, Progress.silent()).plan(recipe);
  }

  private static Runner runner(Session session, Progress view) {
    int parallelism = session.options().parallelism();
    Time time = session.azure().connection().time();
    return new Runner(
        session.clock(), view, parallelism, threads -> time.counted(threads, parallelism));
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
