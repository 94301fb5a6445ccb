package mlops.plan;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Runs a recipe: every step as soon as what it waits for is done. A failed step takes along the
 * steps that wait for it; the others go on.
 */
public final class Runner {
  private final Clock clock;
  private final Progress progress;
  private final int parallelism;
  private final UnaryOperator<Executor> counted;
  private final ReentrantLock telling = new ReentrantLock();
  private volatile boolean interrupted;

  /**
   * @param parallelism how many steps run at the same time, at least 1
   */
  public Runner(Clock clock, Progress progress, int parallelism) {
    this(clock, progress, parallelism, UnaryOperator.identity());
  }

  /**
   * The same for somebody who has to know when steps are due, and at work.
   *
   * @param counted what is given every step as soon as it can run, in place of the threads
   */
  public Runner(Clock clock, Progress progress, int parallelism, UnaryOperator<Executor> counted) {
    this.clock = clock;
    this.progress = progress;
    this.parallelism = parallelism;
    this.counted = counted;
  }

  /** Looks only: what each step would do. */
  public List<StepResult> plan(Recipe recipe) {
    return atOnce(recipe, node -> new StepResult.Planned(node, node.step().check()));
  }

  /** Looks and does: the results stand in the order of the recipe. */
  public List<StepResult> run(Recipe recipe) {
    return atOnce(recipe, node -> apply(node, (same, change) -> Consent.Answer.APPLY));
  }

  /** The same one step after the other, on this thread, as far as somebody consents. */
  public List<StepResult> runInOrder(Recipe recipe, Consent consent) {
    return each(recipe, node -> apply(node, consent), Runnable::run);
  }

  /** Starts no further step; those under way finish. */
  public void interrupt() {
    interrupted = true;
  }

  private List<StepResult> atOnce(Recipe recipe, Function<Recipe.Node, StepResult> work) {
    ExecutorService threads = Executors.newFixedThreadPool(parallelism, Runner::daemon);
    try {
      return each(recipe, work, counted.apply(threads));
    } finally {
      threads.shutdown();
    }
  }

  private List<StepResult> each(
      Recipe recipe, Function<Recipe.Node, StepResult> work, Executor threads) {
    Map<String, CompletableFuture<StepResult>> results = new LinkedHashMap<>();
    for (Recipe.Node node : recipe.nodes()) {
      List<CompletableFuture<StepResult>> needed =
          node.waitsFor().stream().map(results::get).toList();
      CompletableFuture<Void> ready =
          CompletableFuture.allOf(needed.toArray(CompletableFuture<?>[]::new));
      results.put(node.id(), ready.thenApplyAsync(done -> one(node, needed, work), threads));
    }
    return results.values().stream().map(CompletableFuture::join).toList();
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "step");
    thread.setDaemon(true);
    return thread;
  }

  private StepResult one(
      Recipe.Node node,
      List<CompletableFuture<StepResult>> needed,
      Function<Recipe.Node, StepResult> work) {
    StepResult result = heldUp(node, needed).orElseGet(() -> timed(node, work));
    show(() -> progress.ended(result));
    return result;
  }

  /** What becomes of a step that needs one which came to no end: a failure counts first. */
  private static Optional<StepResult> heldUp(
      Recipe.Node node, List<CompletableFuture<StepResult>> needed) {
    List<StepResult> ended = needed.stream().map(CompletableFuture::join).toList();
    Optional<StepResult> blocked =
        ended.stream()
            .filter(r -> r instanceof StepResult.Failed || r instanceof StepResult.Blocked)
            .findFirst()
            .map(other -> new StepResult.Blocked(node, other.node().id()));
    return blocked.or(
        () ->
            ended.stream()
                .filter(StepResult.Skipped.class::isInstance)
                .findFirst()
                .map(other -> new StepResult.Skipped(node, "needs " + other.node().id())));
  }

  private StepResult timed(Recipe.Node node, Function<Recipe.Node, StepResult> work) {
    if (interrupted) {
      return new StepResult.Skipped(node, "interrupted");
    }
    show(() -> progress.started(node));
    Instant start = clock.instant();
    try {
      return work.apply(node);
    } catch (RuntimeException | AssertionError e) {
      return new StepResult.Failed(node, Change.none("could not look"), e, since(start));
    }
  }

  private StepResult apply(Recipe.Node node, Consent consent) {
    Instant began = clock.instant();
    Change change = node.step().check();
    Duration looked = since(began);
    if (!change.isNeeded()) {
      return new StepResult.Unchanged(node, change.reason(), looked);
    }
    Consent.Answer answer = interrupted ? Consent.Answer.STOP : consent.to(node, change);
    if (answer == Consent.Answer.STOP) {
      interrupt();
    }
    if (interrupted) {
      return new StepResult.Skipped(node, "interrupted");
    }
    return answer == Consent.Answer.SKIP
        ? new StepResult.Skipped(node, "not wanted")
        : apply(node, change, looked);
  }

  /**
   * @param looked how long it took to find the change
   */
  private StepResult apply(Recipe.Node node, Change change, Duration looked) {
    Instant start = clock.instant().minus(looked);
    try {
      node.step().apply(notes(node));
      return new StepResult.Applied(node, change, since(start));
    } catch (RuntimeException | AssertionError e) {
      return new StepResult.Failed(node, change, e, since(start));
    }
  }

  private StepMessages notes(Recipe.Node node) {
    return new StepMessages() {
      @Override
      public void say(String line) {
        show(() -> progress.said(node, line));
      }

      @Override
      public void watch(List<Activity> activities) {
        show(() -> progress.watched(node, activities));
      }

      @Override
      public boolean interrupted() {
        return interrupted;
      }
    };
  }

  private Duration since(Instant start) {
    return Duration.between(start, clock.instant());
  }

  private void show(Runnable news) {
    telling.lock();
    try {
      news.run();
    } finally {
      telling.unlock();
    }
  }
}
