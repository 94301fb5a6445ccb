package mlops.emulator.github.actions;

import java.util.List;
import java.util.Optional;
import mlops.emulator.github.account.GitHubDirectory;
import mlops.emulator.github.account.Repository;
import mlops.emulator.github.environment.DeploymentEnvironment;
import mlops.emulator.github.environment.DeploymentEnvironments;
import mlops.emulator.github.environment.Reviewer;

/** Jobs that wait for a reviewer of their environment, and what reviewers say. */
public final class DeploymentReviews {

  /** A job that waits, and where it wants to go. */
  public record Pending(RunJob job, DeploymentEnvironment environment) {}

  private final GitHubDirectory directory;
  private final DeploymentEnvironments environments;
  private final WorkflowRuns runs;

  public DeploymentReviews(
      GitHubDirectory directory, DeploymentEnvironments environments, WorkflowRuns runs) {
    this.directory = directory;
    this.environments = environments;
    this.runs = runs;
  }

  /** The jobs of a run that wait. */
  public List<Pending> pending(Repository repository, WorkflowRun run) {
    return run.jobs().stream()
        .filter(j -> j.status() == RunStatus.WAITING)
        .flatMap(
            j ->
                environments.find(repository, j.environment()).map(e -> new Pending(j, e)).stream())
        .toList();
  }

  /** Whether a person is one of those who may let jobs of a run into an environment. */
  public boolean mayReview(String login, DeploymentEnvironment environment, WorkflowRun run) {
    boolean own = login.equalsIgnoreCase(run.login());
    return !(own && environment.protection().preventSelfReview())
        && environment.protection().reviewers().stream().anyMatch(r -> isOrHas(r, login));
  }

  private boolean isOrHas(Reviewer reviewer, String login) {
    return reviewer.type().equals(Reviewer.TEAM)
        ? directory.team(reviewer.number()).filter(t -> t.hasMember(login)).isPresent()
        : directory
            .owner(reviewer.number())
            .filter(o -> o.login().equalsIgnoreCase(login))
            .isPresent();
  }

  /** Lets the jobs that wait go on, or ends them. */
  public WorkflowRun review(
      Repository repository, WorkflowRun run, List<Pending> reviewed, Review review) {
    return runs.change(
        repository,
        run.number(),
        now -> {
          WorkflowRun said = now.with(review);
          for (Pending one : reviewed) {
            Optional<RunJob> waiting =
                said.job(one.job().key()).filter(j -> j.status() == RunStatus.WAITING);
            if (waiting.isPresent()) {
              said = said.with(after(waiting.get(), review), review.at());
            }
          }
          return said;
        });
  }

  private static RunJob after(RunJob job, Review review) {
    return review.state().equals(Review.APPROVED)
        ? job.with(RunStatus.QUEUED, review.at())
        : job.completed(Conclusion.FAILURE, review.at());
  }
}
