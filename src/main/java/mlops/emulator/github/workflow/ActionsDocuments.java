package mlops.emulator.github.workflow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import mlops.emulator.github.account.GitHubDirectory;
import mlops.emulator.github.account.Repository;
import mlops.emulator.github.account.Role;
import mlops.emulator.github.actions.RegisteredWorkflow;
import mlops.emulator.github.actions.RunArtifact;
import mlops.emulator.github.actions.RunJob;
import mlops.emulator.github.actions.RunStep;
import mlops.emulator.github.actions.WorkflowRun;
import mlops.emulator.github.api.AccountDocuments;
import mlops.emulator.github.api.NodeId;
import mlops.emulator.github.route.GitHubRoutes;
import mlops.emulator.http.Json;
import org.jspecify.annotations.Nullable;

/** Workflows, runs and jobs as GitHub describes them. */
final class ActionsDocuments {
  private static final String CREATED = "created_at";
  private static final String UPDATED = "updated_at";
  private static final String STARTED = "started_at";
  private static final String COMPLETED = "completed_at";

  private final GitHubDirectory directory;
  private final AccountDocuments accounts;

  ActionsDocuments(GitHubDirectory directory, AccountDocuments accounts) {
    this.directory = directory;
    this.accounts = accounts;
  }

  ObjectNode user(String login) {
    return AccountDocuments.simple(directory.owner(login).orElseThrow());
  }

  static String api(Repository repository) {
    return "https://%s/repos/%s".formatted(GitHubRoutes.HOST, repository.fullName());
  }

  static String page(Repository repository) {
    return "https://github.com/" + repository.fullName();
  }

  ObjectNode of(Repository repository, RegisteredWorkflow workflow) {
    String file = workflow.path().replaceFirst(".*/", "");
    return identified("W", workflow.number())
        .put("name", workflow.name())
        .put("path", workflow.path())
        .put("state", "active")
        .put(CREATED, workflow.createdAt())
        .put(UPDATED, workflow.updatedAt())
        .put("url", workflowUrl(repository, workflow))
        .put("html_url", page(repository) + "/blob/main/" + workflow.path())
        .put("badge_url", page(repository) + "/actions/workflows/" + file + "/badge.svg");
  }

  private static String workflowUrl(Repository repository, RegisteredWorkflow workflow) {
    return api(repository) + "/actions/workflows/" + workflow.number();
  }

  ObjectNode of(Repository repository, WorkflowRun run) {
    String url = url(repository, run);
    ObjectNode body = identified("WFR", run.number());
    body.put("name", run.workflow().name()).put("display_title", run.title());
    body.put("head_branch", run.trigger().branch()).put("head_sha", run.trigger().sha());
    body.put("path", run.workflow().path())
        .put("run_number", run.count())
        .put("run_attempt", run.attempt());
    body.put("event", run.trigger().event()).put("status", run.status().toString());
    body.put("conclusion", text(run.conclusion())).put("workflow_id", run.workflow().number());
    body.put("url", url).put("html_url", page(repository) + "/actions/runs/" + run.number());
    body.putArray("pull_requests");
    body.put(CREATED, run.createdAt()).put(UPDATED, run.updatedAt());
    body.put("run_started_at", run.startedAt());
    body.set("actor", user(run.login()));
    body.set("triggering_actor", user(run.again()));
    for (String part : new String[] {"jobs", "logs", "artifacts", "cancel", "rerun"}) {
      body.put(part + "_url", url + "/" + part);
    }
    body.put(
        "previous_attempt_url",
        run.attempt() == 1 ? null : "%s/attempts/%d".formatted(url, run.attempt() - 1));
    body.put("check_suite_url", api(repository) + "/check-suites/" + run.number());
    body.put("workflow_url", workflowUrl(repository, run.workflow()));
    body.set("head_commit", commit(run));
    ObjectNode whole = accounts.repository(repository, Role.READ);
    body.set("repository", whole);
    body.set("head_repository", whole);
    return body;
  }

  /** The commit is known by its hash and what is shown of it alone. */
  private ObjectNode commit(WorkflowRun run) {
    ObjectNode commit =
        Json.object()
            .put("id", run.trigger().sha())
            .put("tree_id", run.trigger().sha())
            .put("message", run.title())
            .put("timestamp", run.createdAt());
    for (String role : new String[] {"author", "committer"}) {
      commit
          .putObject(role)
          .put("name", run.login())
          .put("email", run.login() + "@users.noreply.github.com");
    }
    return commit;
  }

  static String url(Repository repository, WorkflowRun run) {
    return api(repository) + "/actions/runs/" + run.number();
  }

  ObjectNode of(Repository repository, WorkflowRun run, RunJob job) {
    String page = "%s/actions/runs/%d/job/%d";
    ObjectNode body = identified("CR", job.number()).put("run_id", run.number());
    body.put("run_url", url(repository, run)).put("run_attempt", job.attempt());
    body.put("head_sha", run.trigger().sha()).put("head_branch", run.trigger().branch());
    body.put("workflow_name", run.workflow().name()).put("name", job.name());
    body.put("url", api(repository) + "/actions/jobs/" + job.number());
    body.put("html_url", page.formatted(page(repository), run.number(), job.number()));
    body.put("check_run_url", api(repository) + "/check-runs/" + job.number());
    body.put("status", job.status().toString()).put("conclusion", text(job.conclusion()));
    String started = job.startedAt() == null ? job.createdAt() : job.startedAt();
    body.put(CREATED, job.createdAt()).put(STARTED, started);
    body.put(COMPLETED, job.completedAt());
    ArrayNode steps = body.putArray("steps");
    job.steps().forEach(s -> steps.add(of(s)));
    ArrayNode labels = body.putArray("labels");
    job.labels().forEach(labels::add);
    boolean began = !job.steps().isEmpty();
    body.put("runner_id", began ? 1 : null).put("runner_name", began ? "mlops" : null);
    return body.put("runner_group_id", began ? 1 : null)
        .put("runner_group_name", began ? "Default" : null);
  }

  private static ObjectNode of(RunStep step) {
    return Json.object()
        .put("name", step.name())
        .put("status", step.status().toString())
        .put("conclusion", text(step.conclusion()))
        .put("number", step.number())
        .put(STARTED, step.startedAt())
        .put(COMPLETED, step.completedAt());
  }

  ObjectNode of(Repository repository, RunArtifact artifact) {
    String url = api(repository) + "/actions/artifacts/" + artifact.number();
    return identified("MDg6QXJ0aWZhY3Q", artifact.number())
        .put("name", artifact.name())
        .put("size_in_bytes", artifact.size())
        .put("url", url)
        .put("archive_download_url", url + "/zip")
        .put("expired", false)
        .put(CREATED, artifact.createdAt())
        .putNull("expires_at")
        .put(UPDATED, artifact.createdAt());
  }

  private static ObjectNode identified(String kind, long number) {
    return Json.object().put("id", number).put("node_id", NodeId.of(kind, number));
  }

  private static @Nullable String text(@Nullable Object value) {
    return Optional.ofNullable(value).map(Object::toString).orElse(null);
  }
}
