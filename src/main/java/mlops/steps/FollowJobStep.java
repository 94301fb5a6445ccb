package mlops.steps;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import mlops.azure.Azure;
import mlops.azure.Lookup;
import mlops.azure.ml.JobTree;
import mlops.azure.ml.RunClient;
import mlops.azure.ml.RunClient.Run;
import mlops.azure.ml.Workspace;
import mlops.azure.time.Deadline;
import mlops.error.MlopsException;
import mlops.plan.Activity;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.steps.log.FailedJob;
import mlops.steps.log.JobLogs;

/**
 * Follows a job until it ends. Its children are shown while they run, their logs are saved, and a
 * failure is reported with the end of the log of the child that failed.
 */
public final class FollowJobStep implements Step {
  private static final Duration FOREVER = Duration.ofDays(30);

  /** What a user who interrupts wants to become of the job. */
  public enum OnInterrupt {
    LEAVE,
    CANCEL
  }

  /** Asks the user about a job when the command is interrupted. */
  public interface InterruptQuestion {
    OnInterrupt about(String job);
  }

  private final Azure azure;
  private final Workspace workspace;
  private final Output<String> job;
  private final Predicate<String> judged;
  private final Options options;

  /**
   * How to follow.
   *
   * @param logs the folder that logs are saved in
   */
  public record Options(Optional<Path> logs, InterruptQuestion asking, Clock clock) {

    /** The same with the logs in a folder below that one. */
    public Options below(String folder) {
      return new Options(logs.map(path -> path.resolve(folder)), asking, clock);
    }
  }

  /**
   * @param job the name of the job, known once it is submitted
   * @param judged whether a job of this name failed because its gate refused the model, which a
   *     later step reports
   */
  public FollowJobStep(
      Azure azure,
      Workspace workspace,
      Output<String> job,
      Predicate<String> judged,
      Options options) {
    this.azure = azure;
    this.workspace = workspace;
    this.job = job;
    this.judged = judged;
    this.options = options;
  }

  @Override
  public String describe() {
    return "job" + job.ifKnown().map(name -> " " + name).orElse("");
  }

  @Override
  public Change check() {
    Optional<String> name = job.ifKnown();
    if (name.isEmpty()) {
      return Change.run("follow until it ends");
    }
    Run run =
        Lookup.find(() -> new RunClient(azure, workspace).details(name.get()))
            .orElseThrow(() -> unknown(name.get()));
    if (isGood(run)) {
      return options.logs().isPresent()
          ? Change.run("save its logs")
          : Change.none(run.status().toLowerCase(Locale.ROOT));
    }
    return Change.run(run.isOver() ? "it ended as " + run.status() : "follow until it ends");
  }

  @Override
  public void apply(StepMessages messages) {
    RunClient runs = new RunClient(azure, workspace);
    JobTree tree = new JobTree(runs);
    JobLogs saved = new JobLogs(runs, options.logs());
    Deadline deadline = Deadline.in(FOREVER);
    while (true) {
      Run root = runs.details(job.get());
      List<Run> shown = tree.leaves(root);
      List<Activity> activities = new ArrayList<>();
      for (Run run : shown) {
        String line = saved.follow(run);
        String detail = line.isEmpty() ? waiting(run.status()) : line;
        activities.add(new Activity(run.name(), state(run), elapsed(run), detail));
      }
      messages.watch(activities);
      if (root.isOver()) {
        shown.forEach(
            run ->
                saved
                    .warnings(run)
                    .forEach(warning -> messages.say("%s: %s".formatted(run.name(), warning))));
        if (!isGood(root)) {
          throw new FailedJob(root, shown, saved).told();
        }
        return;
      }
      if (messages.interrupted()) {
        throw interrupted();
      }
      deadline.pause(azure.connection().pollInterval().multipliedBy(4));
    }
  }

  private MlopsException unknown(String name) {
    return MlopsException.failed(
        "JobNotFound",
        "workspace %s has no job called %s".formatted(workspace.name(), name),
        "Check the name: mlops jobs lists them all.");
  }

  /** Whether the job did what it is for: to say no is a good end, too. */
  private boolean isGood(Run run) {
    return run.status().equals("Completed")
        || (run.status().equals("Failed") && judged.test(run.id()));
  }

  private static String state(Run run) {
    return run.reusedFrom().isPresent() && run.status().equals("Completed")
        ? "Reused"
        : run.status();
  }

  private Duration elapsed(Run run) {
    Instant end = run.times().ended().orElseGet(options.clock()::instant);
    return run.times().started().map(start -> Duration.between(start, end)).orElse(Duration.ZERO);
  }

  /** What a job does that has not begun with its own work. */
  private static String waiting(String status) {
    return switch (status) {
      case "Provisioning" -> "its compute is being made";
      case "Preparing" -> "its environment is made, which takes minutes the first time";
      case "Queued" -> "it waits for the compute";
      default -> "";
    };
  }

  private MlopsException interrupted() {
    String name = job.get();
    boolean unwanted = options.asking().about(name) == OnInterrupt.CANCEL;
    if (unwanted && workspace.cancel(name)) {
      return MlopsException.failed(
          "Interrupted", "interrupted; job " + name + " is being canceled", "Run it again.");
    }
    String how = unwanted ? "had ended before it could be canceled" : "goes on";
    return MlopsException.failed(
        "Interrupted",
        "interrupted; job %s %s".formatted(name, how),
        "Run the same command again: it finds the job and goes on from there.");
  }
}
