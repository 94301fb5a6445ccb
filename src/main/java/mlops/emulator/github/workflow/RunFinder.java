package mlops.emulator.github.workflow;

import java.util.Optional;
import mlops.emulator.github.actions.GitHubActions;
import mlops.emulator.github.actions.RunJob;
import mlops.emulator.github.actions.WorkflowRun;
import mlops.emulator.github.route.GitHubErrors;
import mlops.emulator.github.route.GitHubRoutes.Call;

/** The run or job that a path names by its number. */
record RunFinder(GitHubActions actions) {

  WorkflowRun run(Call call) {
    return number(call, "run")
        .flatMap(n -> actions.runs().find(call.repository(), n))
        .orElseThrow(GitHubErrors::notFound);
  }

  /** The run as it was in the attempt that a path names. */
  WorkflowRun attempt(Call call) {
    WorkflowRun run = run(call);
    return number(call, "attempt")
        .filter(n -> n <= run.attempt())
        .flatMap(n -> actions.runs().attempt(call.repository(), run, n.intValue()))
        .orElseThrow(GitHubErrors::notFound);
  }

  /** A job, with the run that it is of. */
  record Found(WorkflowRun run, RunJob job) {}

  Found job(Call call) {
    long number = number(call, "job").orElseThrow(GitHubErrors::notFound);
    return actions
        .runs()
        .ofJob(call.repository(), number)
        .flatMap(run -> run.job(number).map(job -> new Found(run, job)))
        .orElseThrow(GitHubErrors::notFound);
  }

  private static Optional<Long> number(Call call, String name) {
    return Optional.of(call.request().parameter(name))
        .filter(n -> n.matches("\\d{1,18}"))
        .map(Long::parseLong);
  }
}
