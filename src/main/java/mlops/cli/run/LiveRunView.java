package mlops.cli.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import mlops.cli.session.Session;
import mlops.cli.session.WorkflowCommands;
import mlops.cli.terminal.Console;
import mlops.cli.terminal.Durations;
import mlops.error.MlopsException;
import mlops.plan.Activity;
import mlops.plan.Change;
import mlops.plan.Progress;
import mlops.plan.Recipe;
import mlops.plan.StepResult;
import org.jspecify.annotations.Nullable;

/**
 * Shows a run while it goes on: how each step ended on the output, what is under way on the error
 * stream, live in a terminal and line by line in a pipe.
 */
final class LiveRunView implements Progress, AutoCloseable {
  /** States of a job that is under way, in Azure's words. */
  private static final Set<String> GOING =
      Set.of("Starting", "Provisioning", "Preparing", "Queued", "Running", "Finalizing");

  /** In seconds. */
  private static final int BEAT = 5;

  /** Steps that follow jobs tell more. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Recipe recipe;
  private final Console console;
  private final StepRows rows;
  private final StepExplanations explanations;
  private final LiveRegion live;
  private final Heartbeat heartbeat;
  private final boolean showsEnds;
  private final boolean quiet;
  private final boolean grouped;
  private final Map<String, StepResult> ended = new ConcurrentHashMap<>();
  private final Set<String> started = ConcurrentHashMap.newKeySet();
  private final Map<String, String> states = new HashMap<>();
  private final Clock clock;
  private final Map<String, Instant> since = new ConcurrentHashMap<>();
  private final @Nullable ScheduledExecutorService timer;
  private volatile @Nullable String stopped;

  private LiveRunView(
      Recipe recipe,
      Session session,
      boolean plan,
      StepExplanations explanations,
      Forecast forecast) {
    this.recipe = recipe;
    this.console = session.console();
    this.rows = StepRows.of(session, recipe);
    this.explanations = explanations;
    this.heartbeat = new Heartbeat(session.clock());
    this.quiet = session.options().quiet;
    this.showsEnds = !plan && !quiet && !session.options().json();
    this.grouped = showsEnds && WorkflowCommands.in(session.environment().variables()).isPresent();
    if (grouped) {
      console.out().println("::group::Steps of " + session.command());
      console.out().flush();
    }
    this.live =
        new LiveRegion(
            session,
            rows,
            console.live() && !quiet,
            session.question()::isOpen,
            forecast,
            ended.keySet());
    this.clock = session.clock();
    this.timer =
        console.live() || quiet
            ? null
            : Executors.newSingleThreadScheduledExecutor(LiveRunView::daemon);
    if (timer != null) {
      var unused = timer.scheduleAtFixedRate(this::beat, BEAT, BEAT, TimeUnit.SECONDS);
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "heartbeat");
    thread.setDaemon(true);
    return thread;
  }

  /** Azure takes minutes for some things: nobody should take that for a run that hangs. */
  private void beat() {
    if (!since.isEmpty() && heartbeat.isDue(GRACE)) {
      Instant now = clock.instant();
      List<String> waits =
          recipe.nodes().stream()
              .map(Recipe.Node::id)
              .filter(since::containsKey)
              .map(
                  id -> "%s %s".formatted(id, Durations.text(Duration.between(since.get(id), now))))
              .toList();
      live.above(() -> console.err().println("  still at it: " + String.join(", ", waits)));
      console.err().flush();
    }
  }

  /** A view of steps that only look, so that their ends are shown by the plan alone. */
  static LiveRunView ofPlan(Session session, Recipe recipe, StepExplanations explanations) {
    return new LiveRunView(recipe, session, true, explanations, Forecast.none(recipe));
  }

  /** A view of one run. */
  static LiveRunView of(
      Session session, Recipe recipe, StepExplanations explanations, Forecast forecast) {
    return new LiveRunView(recipe, session, false, explanations, forecast);
  }

  @Override
  public void started(Recipe.Node node) {
    started.add(node.id());
    since.put(node.id(), clock.instant());
    live.add(node);
  }

  /** Takes a step off the screen until it starts again. */
  void paused(Recipe.Node node) {
    started.remove(node.id());
    since.remove(node.id());
    live.remove(node);
    live.above(() -> {});
  }

  /** The user wants neither this step nor a further one: what is skipped for that needs no line. */
  void stopped(Recipe.Node node) {
    stopped = node.id();
  }

  /** The step before which the user stopped the run, if he did. */
  Optional<String> stoppedBefore() {
    return Optional.ofNullable(stopped);
  }

  @Override
  public void said(Recipe.Node node, String line) {
    if (!quiet) {
      live.above(() -> err("  %s: %s".formatted(node.id(), line)));
    }
  }

  @Override
  public void watched(Recipe.Node node, List<Activity> activities) {
    if (console.live()) {
      live.watch(node, activities);
      return;
    }
    for (Activity activity : activities) {
      String before = states.put(node.id() + "/" + activity.name(), activity.state());
      if (!quiet && !activity.state().equals(before)) {
        err("  %s: %s %s".formatted(node.id(), activity.name(), activity.state()));
      }
    }
    if (!quiet && heartbeat.isDue()) {
      activities.stream()
          .filter(activity -> GOING.contains(activity.state()))
          .forEach(activity -> still(node, activity));
    }
  }

  private void still(Recipe.Node node, Activity activity) {
    String time = activity.elapsed().isZero() ? "" : " " + Durations.text(activity.elapsed());
    String detail = activity.detail().isEmpty() ? "" : ": " + activity.detail();
    console
        .err()
        .println(
            "  %s: %s %s%s%s"
                .formatted(node.id(), activity.name(), activity.state(), time, detail));
    console.err().flush();
  }

  @Override
  public void ended(StepResult result) {
    ended.put(result.node().id(), result);
    since.remove(result.node().id());
    live.remove(result.node());
    if (showsEnds && !(stopped != null && result instanceof StepResult.Skipped)) {
      live.above(
          () -> {
            rows.ended(result).lines().forEach(console.out()::println);
            explanations.lines(result.node()).forEach(console.out()::println);
            console.out().flush();
          });
    }
  }

  private void err(String line) {
    heartbeat.said();
    console.err().println(line);
    console.err().flush();
  }

  /** What is known of a run that does not come to its end. */
  List<StepResult> soFar() {
    List<StepResult> results = new ArrayList<>();
    for (Recipe.Node node : recipe.nodes()) {
      StepResult result = ended.get(node.id());
      results.add(result == null ? unfinished(node) : result);
    }
    return results;
  }

  private StepResult unfinished(Recipe.Node node) {
    return started.contains(node.id())
        ? new StepResult.Failed(
            node,
            Change.none("was under way"),
            MlopsException.failed("Interrupted", "it was under way", "Run the command again."),
            Duration.ZERO)
        : new StepResult.Skipped(node, "interrupted");
  }

  /** Takes what is live off the screen, and ends the group that GitHub folds in a job's log. */
  @Override
  public void close() {
    if (timer != null) {
      timer.shutdownNow();
    }
    live.close();
    if (grouped) {
      console.out().println("::endgroup::");
      console.out().flush();
    }
  }
}
