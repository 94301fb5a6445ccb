package mlops.rehearsal;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import mlops.emulator.github.account.Repository;
import mlops.emulator.github.actions.Conclusion;
import mlops.emulator.github.actions.DeploymentReviews.Pending;
import mlops.emulator.github.actions.GitHubActions;
import mlops.emulator.github.actions.RunJob;
import mlops.emulator.github.actions.RunStatus;
import mlops.emulator.github.actions.WorkflowRun;
import mlops.emulator.github.environment.BranchPolicies.Policy;
import mlops.emulator.github.environment.DeploymentEnvironment;
import mlops.emulator.github.environment.Protection;
import mlops.emulator.github.environment.Protection.Branches;
import mlops.rehearsal.host.RunnerHost;

/** The way into an environment: its branches first, then its reviewers. */
final class EnvironmentApproval {
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

  private final RunnerHost host;
  private final GitHubActions actions;
  private final Repository repository;
  private final ReviewDesk desk;
  private final RunListener listener;
  private final boolean waits;

  /**
   * @param waits for the wait timers of environments, which are passed over else
   */
  EnvironmentApproval(RunnerHost host, ReviewDesk desk, RunListener listener, boolean waits) {
    this.host = host;
    this.actions = host.actions();
    this.repository = host.repository();
    this.desk = desk;
    this.listener = listener;
    this.waits = waits;
  }

  /**
   * The environment of this name, which comes into being where a job names it; if there are any.
   */
  Optional<DeploymentEnvironment> environment(String name) {
    return name.isEmpty() || !actions.plan().hasEnvironments()
        ? Optional.empty()
        : actions
            .environments()
            .find(repository, name)
            .or(
                () ->
                    Optional.of(actions.environments().protect(repository, name, Protection.NONE)));
  }

  /** Why a job is not let in; empty once it is. */
  Optional<JobEnd> admit(WorkflowRun run, String key, DeploymentEnvironment environment) {
    if (!allows(environment, run.trigger().branch())) {
      return Optional.of(
          JobEnd.without(
              Conclusion.FAILURE,
              "Branch \"%s\" is not allowed to deploy to %s due to environment protection rules."
                  .formatted(run.trigger().branch(), environment.name())));
    }
    Duration timer = timer(environment);
    boolean reviewed = !environment.protection().reviewers().isEmpty();
    if (!reviewed && timer.isZero()) {
      return Optional.empty();
    }
    Instant end = host.clock().instant().plus(timer);
    WorkflowRun waiting = change(run, key, RunStatus.WAITING);
    if (reviewed) {
      Pending pending = new Pending(waiting.job(key).orElseThrow(), environment);
      desk.ask(waiting, pending)
          .ifPresent(
              review -> actions.reviews().review(repository, waiting, List.of(pending), review));
    }
    return answer(run, key, reviewed, end);
  }

  private WorkflowRun change(WorkflowRun run, String key, RunStatus next) {
    return actions
        .runs()
        .change(repository, run.number(), key, j -> j.with(next, actions.runs().now()));
  }

  /** How long a job has to wait; whoever rehearses is told what becomes of it. */
  private Duration timer(DeploymentEnvironment environment) {
    int minutes = environment.protection().waitTimer();
    if (minutes == 0) {
      return Duration.ZERO;
    }
    listener.said(
        (waits
                ? "waits %d minutes, the wait timer of %s"
                : "the wait timer of %2$s, %1$d minutes, is passed over; --wait-timers waits for it")
            .formatted(minutes, environment.name()));
    return waits ? Duration.ofMinutes(minutes) : Duration.ZERO;
  }

  private boolean allows(DeploymentEnvironment environment, String branch) {
    return environment.protection().branches() != Branches.SELECTED
        || actions.branches().all(environment).stream().anyMatch(p -> fits(p, branch));
  }

  private static boolean fits(Policy policy, String branch) {
    return policy.type().equals("branch")
        && FileSystems.getDefault()
            .getPathMatcher("glob:" + policy.name())
            .matches(Path.of(branch));
  }

  /** Waits for a reviewer, who may come by GitHub's API, and for the timer. */
  private Optional<JobEnd> answer(WorkflowRun run, String key, boolean reviewed, Instant end) {
    while (true) {
      RunJob now =
          actions.runs().find(repository, run.number()).flatMap(r -> r.job(key)).orElseThrow();
      boolean letIn = now.status() == RunStatus.QUEUED || (!reviewed && !now.hasEnded());
      if (letIn && !host.clock().instant().isBefore(end)) {
        change(run, key, RunStatus.QUEUED);
        return Optional.empty();
      }
      if (now.hasEnded()) {
        boolean rejected = now.conclusion() == Conclusion.FAILURE;
        return Optional.of(
            JobEnd.without(
                rejected ? Conclusion.FAILURE : Conclusion.CANCELLED,
                rejected ? "rejected by a reviewer" : "canceled"));
      }
      if (host.isCanceled(run.number())) {
        return Optional.of(JobEnd.without(Conclusion.CANCELLED, "canceled"));
      }
      LockSupport.parkNanos(PAUSE);
    }
  }
}
