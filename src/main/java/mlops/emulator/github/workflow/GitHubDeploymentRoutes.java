package mlops.emulator.github.workflow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;
import mlops.emulator.github.account.Repository;
import mlops.emulator.github.actions.GitHubActions;
import mlops.emulator.github.actions.RunJob;
import mlops.emulator.github.actions.WorkflowRun;
import mlops.emulator.github.api.NodeId;
import mlops.emulator.github.route.GitHubRight;
import mlops.emulator.github.route.GitHubRoutes;
import mlops.emulator.github.route.GitHubRoutes.Call;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Response;

/** Deployments: each job that came to an environment is one. */
final class GitHubDeploymentRoutes {
  private static final List<String> UNREAD = List.of("sha", "ref", "task");
  private static final int MOST = 100;

  private final GitHubActions actions;
  private final ActionsDocuments documents;

  GitHubDeploymentRoutes(GitHubActions actions, ActionsDocuments documents) {
    this.actions = actions;
    this.documents = documents;
  }

  void addTo(GitHubRoutes routes) {
    routes.add("GET", "/deployments", GitHubRight.READ_DEPLOYMENTS, this::list);
  }

  /** The newest hundred at most, whatever {@code per_page} says: more pages are not built. */
  private Response list(Call call) {
    for (String name : UNREAD) {
      if (call.request().queryValue(name).isPresent()) {
        throw ApiException.notImplemented(
            "The embedded GitHub does not narrow deployments by %s.".formatted(name));
      }
    }
    String wanted = call.request().queryValue("environment").orElse("");
    ArrayNode all = Json.MAPPER.createArrayNode();
    for (WorkflowRun run : actions.runs().all(call.repository())) {
      run.jobs().stream()
          .filter(job -> !job.environment().isEmpty())
          .filter(job -> wanted.isEmpty() || job.environment().equalsIgnoreCase(wanted))
          .limit(MOST - all.size())
          .forEach(job -> all.add(of(call.repository(), run, job)));
    }
    return Response.json(200, all);
  }

  ObjectNode of(Repository repository, WorkflowRun run, RunJob job) {
    long number = job.number();
    String url = ActionsDocuments.api(repository) + "/deployments/" + number;
    ObjectNode body = Json.object().put("url", url).put("id", number);
    body.put("node_id", NodeId.of("DE", number)).put("task", "deploy");
    body.put("sha", run.trigger().sha()).put("ref", run.trigger().branch());
    body.put("environment", job.environment());
    body.put("original_environment", job.environment()).put("description", "");
    body.putObject("payload");
    body.set("creator", documents.user(run.login()));
    String changed = Objects.requireNonNullElse(job.startedAt(), job.createdAt());
    body.put("created_at", job.createdAt()).put("updated_at", changed);
    body.put("statuses_url", url + "/statuses");
    return body.put("repository_url", ActionsDocuments.api(repository));
  }
}
