package mlops.emulator.github.workflow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import mlops.emulator.github.account.Repository;
import mlops.emulator.github.actions.Annotation;
import mlops.emulator.github.actions.GitHubActions;
import mlops.emulator.github.actions.WorkflowRun;
import mlops.emulator.github.route.GitHubRight;
import mlops.emulator.github.route.GitHubRoutes;
import mlops.emulator.github.route.GitHubRoutes.Call;
import mlops.emulator.github.route.Page;
import mlops.emulator.http.Json;
import mlops.emulator.http.Response;

/** The jobs of runs with their steps, and what steps said of files. */
final class JobRoutes {
  private static final String OF_RUN = "/actions/runs/{run}";

  private final ActionsDocuments documents;
  private final RunFinder finder;

  JobRoutes(GitHubActions actions, ActionsDocuments documents) {
    this.documents = documents;
    this.finder = new RunFinder(actions);
  }

  void addTo(GitHubRoutes routes) {
    GitHubRight read = GitHubRight.READ_ACTIONS;
    routes.add("GET", OF_RUN + "/jobs", read, c -> list(c, finder.run(c)));
    routes.add("GET", OF_RUN + "/attempts/{attempt}/jobs", read, c -> list(c, finder.attempt(c)));
    routes.add("GET", "/actions/jobs/{job}", read, this::get);
    routes.add("GET", "/check-runs/{job}/annotations", read, this::annotations);
  }

  private Response list(Call call, WorkflowRun run) {
    Repository repository = call.repository();
    return Page.of(
        call.request(),
        "jobs",
        run.jobs().stream().map(job -> documents.of(repository, run, job)).toList());
  }

  private Response get(Call call) {
    RunFinder.Found found = finder.job(call);
    return Response.json(200, documents.of(call.repository(), found.run(), found.job()));
  }

  private Response annotations(Call call) {
    RunFinder.Found found = finder.job(call);
    ArrayNode all = Json.MAPPER.createArrayNode();
    String blob = ActionsDocuments.page(call.repository()) + "/blob/" + found.run().trigger().sha();
    found.job().annotations().forEach(a -> all.add(document(a, blob)));
    return Response.json(200, all);
  }

  private static ObjectNode document(Annotation annotation, String blob) {
    return Json.object()
        .put("path", annotation.path())
        .put("blob_href", blob + "/" + annotation.path())
        .put("start_line", annotation.line())
        .put("end_line", annotation.line())
        .putNull("start_column")
        .putNull("end_column")
        .put("annotation_level", annotation.level())
        .put("title", annotation.title())
        .put("message", annotation.message())
        .putNull("raw_details");
  }
}
