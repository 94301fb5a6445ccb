package mlops.emulator.github.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import mlops.emulator.github.account.Repository;
import mlops.emulator.github.actions.DispatchInputs;
import mlops.emulator.github.actions.GitHubActions;
import mlops.emulator.github.actions.RegisteredWorkflow;
import mlops.emulator.github.actions.RunJob;
import mlops.emulator.github.actions.WorkflowRun;
import mlops.emulator.github.route.Bodies;
import mlops.emulator.github.route.GitHubErrors;
import mlops.emulator.github.route.GitHubRight;
import mlops.emulator.github.route.GitHubRoutes;
import mlops.emulator.github.route.GitHubRoutes.Call;
import mlops.emulator.github.route.Page;
import mlops.emulator.http.Json;
import mlops.emulator.http.Response;

/** The workflow files of a repository; one is started by a dispatch. */
final class WorkflowRoutes {
  private static final String ALL = "/actions/workflows";
  private static final String ONE = ALL + "/{workflow}";

  private final GitHubActions actions;
  private final ActionsDocuments documents;

  WorkflowRoutes(GitHubActions actions, ActionsDocuments documents) {
    this.actions = actions;
    this.documents = documents;
  }

  void addTo(GitHubRoutes routes) {
    routes.add("GET", ALL, GitHubRight.READ_ACTIONS, this::list);
    routes.add(
        "GET",
        ONE,
        GitHubRight.READ_ACTIONS,
        call -> Response.json(200, documents.of(call.repository(), find(call))));
    routes.add("POST", ONE + "/dispatches", GitHubRight.WRITE_ACTIONS, this::dispatch);
  }

  private Response list(Call call) {
    Repository repository = call.repository();
    return Page.of(
        call.request(),
        "workflows",
        actions.workflows().all(repository).stream()
            .map(w -> documents.of(repository, w))
            .toList());
  }

  private RegisteredWorkflow find(Call call) {
    return actions
        .workflows()
        .find(call.repository(), call.request().parameter("workflow"))
        .orElseThrow(GitHubErrors::notFound);
  }

  /** The run waits for who runs it: {@code mlops github rehearse --run}. */
  private Response dispatch(Call call) {
    RegisteredWorkflow workflow = find(call);
    ObjectNode body = Bodies.of(call.request(), Set.of("ref", "inputs", "return_run_details"));
    String branch = body.path("ref").asText().replaceFirst("^refs/heads/", "");
    if (branch.isBlank()) {
      throw GitHubErrors.unprocessable("Invalid request.\n\n\"ref\" wasn't supplied.");
    }
    Map<String, String> inputs = inputs(workflow, body.path("inputs"));
    WorkflowRun last =
        actions.runs().all(call.repository()).stream()
            .filter(r -> r.workflow().number() == workflow.number())
            .findFirst()
            .orElseThrow(GitHubErrors::notFound);
    WorkflowRun run =
        actions
            .runs()
            .start(
                call.repository(),
                workflow,
                workflow.name(),
                new WorkflowRun.Trigger("workflow_dispatch", branch, last.trigger().sha(), inputs),
                call.token().login(),
                last.jobs().stream().map(RunJob::again).toList());
    return body.path("return_run_details").asBoolean()
        ? Response.json(200, details(call.repository(), run))
        : Response.empty(204);
  }

  private static Map<String, String> inputs(RegisteredWorkflow workflow, JsonNode given) {
    Map<String, String> named = new LinkedHashMap<>();
    given.properties().forEach(p -> named.put(p.getKey(), p.getValue().asText()));
    DispatchInputs inputs = DispatchInputs.of(workflow.inputs(), named);
    if (inputs.mistake().isPresent()) {
      throw GitHubErrors.unprocessable(inputs.mistake().get());
    }
    return inputs.values();
  }

  private static ObjectNode details(Repository repository, WorkflowRun run) {
    return Json.object()
        .put("workflow_run_id", run.number())
        .put("run_url", ActionsDocuments.url(repository, run))
        .put("html_url", ActionsDocuments.page(repository) + "/actions/runs/" + run.number());
  }
}
