package mlops.emulator.github.actions;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run of a workflow.
 *
 * @param number what GitHub calls its id
 * @param count which run of its workflow it is, from 1
 * @param title what is shown of it
 * @param login who started it
 * @param attempt how often it was run, this time included
 * @param again who had it run again, this time; the same as {@code login} in the first attempt
 * @param startedAt when this attempt was asked for
 */
public record WorkflowRun(
    long number,
    RegisteredWorkflow workflow,
    int count,
    String title,
    Trigger trigger,
    String login,
    int attempt,
    String again,
    String createdAt,
    String startedAt,
    String updatedAt,
    RunStatus status,
    @Nullable Conclusion conclusion,
    boolean cancelRequested,
    List<RunJob> jobs,
    List<Review> reviews,
    List<RunArtifact> artifacts) {

  /** States of before have no attempts. */
  public WorkflowRun {
    attempt = Math.max(1, attempt);
    again = Objects.requireNonNullElse(again, login);
    startedAt = Objects.requireNonNullElse(startedAt, createdAt);
  }

  /**
   * What started it, on which commit.
   *
   * @param inputs what it was given by a dispatch
   */
  public record Trigger(String event, String branch, String sha, Map<String, String> inputs) {
    public Trigger {
      inputs = Objects.requireNonNullElse(inputs, Map.of());
    }

    public Trigger(String event, String branch, String sha) {
      this(event, branch, sha, Map.of());
    }
  }

  public Optional<RunJob> job(String key) {
    return jobs.stream().filter(j -> j.key().equals(key)).findFirst();
  }

  public Optional<RunJob> job(long wanted) {
    return jobs.stream().filter(j -> j.number() == wanted).findFirst();
  }

  public boolean hasEnded() {
    return status == RunStatus.COMPLETED;
  }

  /**
   * The same with one job in another state; how the run as a whole stands follows from its jobs.
   */
  public WorkflowRun with(RunJob job, String at) {
    List<RunJob> all = jobs.stream().map(j -> j.number() == job.number() ? job : j).toList();
    return with(all, reviews, artifacts, cancelRequested, at);
  }

  public WorkflowRun with(Review review) {
    List<Review> all = new ArrayList<>(reviews);
    all.add(review);
    return with(jobs, all, artifacts, cancelRequested, review.at());
  }

  public WorkflowRun with(RunArtifact artifact) {
    List<RunArtifact> all = new ArrayList<>(artifacts);
    all.removeIf(a -> a.name().equals(artifact.name()));
    all.add(artifact);
    return with(jobs, reviews, all, cancelRequested, artifact.createdAt());
  }

  public WorkflowRun canceled(String at) {
    return with(jobs, reviews, artifacts, true, at);
  }

  /**
   * The next attempt at it.
   *
   * @param all its jobs: those that are done again are queued, the others as they were
   */
  WorkflowRun attempted(String by, List<RunJob> all, String at) {
    WorkflowRun next =
        new WorkflowRun(
            number,
            workflow,
            count,
            title,
            trigger,
            login,
            attempt + 1,
            by,
            createdAt,
            at,
            at,
            RunStatus.QUEUED,
            null,
            false,
            all,
            List.of(),
            artifacts);
    return next.with(all, List.of(), artifacts, false, at);
  }

  private WorkflowRun with(
      List<RunJob> all, List<Review> said, List<RunArtifact> files, boolean cancel, String at) {
    RunStatus now = status(all, attempt);
    Conclusion how = now == RunStatus.COMPLETED ? conclusion(all) : null;
    return new WorkflowRun(
        number, workflow, count, title, trigger, login, attempt, again, createdAt, startedAt, at,
        now, how, cancel, all, said, files);
  }

  private static RunStatus status(List<RunJob> jobs, int attempt) {
    if (jobs.stream().allMatch(RunJob::hasEnded)) {
      return RunStatus.COMPLETED;
    }
    if (jobs.stream().anyMatch(j -> j.status() == RunStatus.IN_PROGRESS)) {
      return RunStatus.IN_PROGRESS;
    }
    boolean waits = jobs.stream().anyMatch(j -> j.status() == RunStatus.WAITING);
    boolean began = jobs.stream().anyMatch(j -> j.attempt() == attempt && j.hasEnded());
    return waits ? RunStatus.WAITING : began ? RunStatus.IN_PROGRESS : RunStatus.QUEUED;
  }

  private static Conclusion conclusion(List<RunJob> jobs) {
    for (Conclusion worst : List.of(Conclusion.FAILURE, Conclusion.CANCELLED)) {
      if (jobs.stream().anyMatch(j -> j.conclusion() == worst)) {
        return worst;
      }
    }
    boolean skipped = jobs.stream().allMatch(j -> j.conclusion() == Conclusion.SKIPPED);
    return skipped ? Conclusion.SKIPPED : Conclusion.SUCCESS;
  }
}
