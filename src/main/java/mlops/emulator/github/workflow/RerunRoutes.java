package mlops.emulator.github.workflow;

import java.util.Set;
import java.util.function.Predicate;
import mlops.emulator.github.actions.Conclusion;
import mlops.emulator.github.actions.GitHubActions;
import mlops.emulator.github.actions.RunJob;
import mlops.emulator.github.actions.WorkflowRun;
import mlops.emulator.github.route.Bodies;
import mlops.emulator.github.route.GitHubRight;
import mlops.emulator.github.route.GitHubRoutes;
import mlops.emulator.github.route.GitHubRoutes.Call;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Response;

/**
 * Runs done again: all of one, what failed of it, or one job, each with what needs it. The next
 * attempt waits for who runs it: {@code mlops github rehearse --run}.
 */
final class RerunRoutes {
  private final GitHubActions actions;
  private final RunFinder finder;

  RerunRoutes(GitHubActions actions) {
    this.actions = actions;
    this.finder = new RunFinder(actions);
  }

  void addTo(GitHubRoutes routes) {
    GitHubRight write = GitHubRight.WRITE_ACTIONS;
    String run = "/actions/runs/{run}";
    routes.add("POST", run + "/rerun", write, c -> again(c, finder.run(c), job -> true));
    routes.add(
        "POST",
        run + "/rerun-failed-jobs",
        write,
        c -> again(c, finder.run(c), job -> job.conclusion() != Conclusion.SUCCESS));
    routes.add("POST", "/actions/jobs/{job}/rerun", write, this::ofJob);
  }

  private Response ofJob(Call call) {
    RunFinder.Found found = finder.job(call);
    return again(call, found.run(), job -> job.number() == found.job().number());
  }

  /** How GitHub words these refusals is assumed; that they are 403 is what its clients expect. */
  private Response again(Call call, WorkflowRun run, Predicate<RunJob> which) {
    String debug = "enable_debug_logging";
    if (!call.request().body().toString().isBlank()
        && Bodies.of(call.request(), Set.of(debug)).path(debug).asBoolean()) {
      throw ApiException.notImplemented("The embedded GitHub has no debug logging of runs.");
    }
    if (!run.hasEnded()) {
      throw refused("The workflow run containing this job is already running");
    }
    if (run.jobs().stream().noneMatch(which)) {
      throw refused("This workflow run cannot be retried: no job of it has failed");
    }
    actions.runs().again(call.repository(), run.number(), call.token().login(), which);
    return Response.json(201, Json.object());
  }

  private static ApiException refused(String message) {
    return new ApiException(403, "Forbidden", message);
  }
}
