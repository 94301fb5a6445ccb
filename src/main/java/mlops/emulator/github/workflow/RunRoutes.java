package mlops.emulator.github.workflow;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import mlops.emulator.github.account.Repository;
import mlops.emulator.github.actions.GitHubActions;
import mlops.emulator.github.actions.WorkflowRun;
import mlops.emulator.github.actions.WorkflowRuns;
import mlops.emulator.github.route.GitHubErrors;
import mlops.emulator.github.route.GitHubRight;
import mlops.emulator.github.route.GitHubRoutes;
import mlops.emulator.github.route.GitHubRoutes.Call;
import mlops.emulator.github.route.Page;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;

/** Runs of workflows: listed, read, canceled. */
final class RunRoutes {
  private static final String ALL = "/actions/runs";
  private static final String ONE = ALL + "/{run}";
  private static final List<String> UNREAD = List.of("created", "check_suite_id");

  /** What a list can be narrowed by. */
  private static final Map<String, Function<WorkflowRun, List<String>>> FILTERS =
      Map.of(
          "status", r -> Stream.of(r.status(), r.conclusion()).map(String::valueOf).toList(),
          "branch", r -> List.of(r.trigger().branch()),
          "event", r -> List.of(r.trigger().event()),
          "actor", r -> List.of(r.login()),
          "head_sha", r -> List.of(r.trigger().sha()));

  private final GitHubActions actions;
  private final WorkflowRuns runs;
  private final ActionsDocuments documents;
  private final RunFinder finder;

  RunRoutes(GitHubActions actions, ActionsDocuments documents) {
    this.actions = actions;
    this.runs = actions.runs();
    this.documents = documents;
    this.finder = new RunFinder(actions);
  }

  void addTo(GitHubRoutes routes) {
    GitHubRight read = GitHubRight.READ_ACTIONS;
    routes.add("GET", ALL, read, call -> list(call, runs.all(call.repository())));
    routes.add("GET", "/actions/workflows/{workflow}/runs", read, this::ofWorkflow);
    routes.add("GET", ONE, read, call -> answer(call, finder.run(call)));
    routes.add("GET", ONE + "/attempts/{attempt}", read, c -> answer(c, finder.attempt(c)));
    routes.add("GET", ONE + "/artifacts", read, this::artifacts);
    routes.add("POST", ONE + "/cancel", GitHubRight.WRITE_ACTIONS, this::cancel);
  }

  private Response answer(Call call, WorkflowRun run) {
    return Response.json(200, documents.of(call.repository(), run));
  }

  private Response list(Call call, List<WorkflowRun> all) {
    Request request = call.request();
    for (String name : UNREAD) {
      if (request.queryValue(name).isPresent()) {
        throw ApiException.notImplemented(
            "The embedded GitHub does not narrow runs by %s.".formatted(name));
      }
    }
    Repository repository = call.repository();
    return Page.of(
        request,
        "workflow_runs",
        all.stream()
            .filter(run -> isAskedFor(request, run))
            .map(run -> documents.of(repository, run))
            .toList());
  }

  private static boolean isAskedFor(Request request, WorkflowRun run) {
    return FILTERS.entrySet().stream()
        .allMatch(
            filter -> {
              Optional<String> wanted = request.queryValue(filter.getKey());
              return wanted.isEmpty() || filter.getValue().apply(run).contains(wanted.get());
            });
  }

  private Response ofWorkflow(Call call) {
    long workflow =
        actions
            .workflows()
            .find(call.repository(), call.request().parameter("workflow"))
            .orElseThrow(GitHubErrors::notFound)
            .number();
    return list(
        call,
        runs.all(call.repository()).stream()
            .filter(r -> r.workflow().number() == workflow)
            .toList());
  }

  private Response artifacts(Call call) {
    return Page.of(
        call.request(),
        "artifacts",
        finder.run(call).artifacts().stream()
            .map(a -> documents.of(call.repository(), a))
            .toList());
  }

  private Response cancel(Call call) {
    WorkflowRun run = finder.run(call);
    if (run.hasEnded()) {
      throw new ApiException(409, "Conflict", "Cannot cancel a workflow run that is completed.");
    }
    runs.cancel(call.repository(), run.number());
    return Response.json(202, Json.object());
  }
}
