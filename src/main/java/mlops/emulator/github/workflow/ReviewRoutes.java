package mlops.emulator.github.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import mlops.emulator.github.account.Repository;
import mlops.emulator.github.actions.DeploymentReviews;
import mlops.emulator.github.actions.DeploymentReviews.Pending;
import mlops.emulator.github.actions.GitHubActions;
import mlops.emulator.github.actions.Review;
import mlops.emulator.github.actions.WorkflowRun;
import mlops.emulator.github.api.EnvironmentDocuments;
import mlops.emulator.github.environment.DeploymentEnvironment;
import mlops.emulator.github.route.Bodies;
import mlops.emulator.github.route.GitHubErrors;
import mlops.emulator.github.route.GitHubRight;
import mlops.emulator.github.route.GitHubRoutes;
import mlops.emulator.github.route.GitHubRoutes.Call;
import mlops.emulator.http.Json;
import mlops.emulator.http.Response;

/** The deployments that wait for a reviewer, and what reviewers said. */
final class ReviewRoutes {
  private static final String PENDING = "/actions/runs/{run}/pending_deployments";
  private static final Set<String> STATES = Set.of(Review.APPROVED, Review.REJECTED);

  private final GitHubActions actions;
  private final DeploymentReviews reviews;
  private final ActionsDocuments documents;
  private final GitHubDeploymentRoutes deployments;
  private final EnvironmentDocuments environments;
  private final RunFinder finder;

  ReviewRoutes(
      GitHubActions actions,
      ActionsDocuments documents,
      GitHubDeploymentRoutes deployments,
      EnvironmentDocuments environments) {
    this.actions = actions;
    this.deployments = deployments;
    this.reviews = actions.reviews();
    this.documents = documents;
    this.environments = environments;
    this.finder = new RunFinder(actions);
  }

  void addTo(GitHubRoutes routes) {
    routes.add("GET", PENDING, GitHubRight.READ_ACTIONS, this::pending);
    routes.add("POST", PENDING, GitHubRight.REVIEW_DEPLOYMENTS, this::review);
    routes.add("GET", "/actions/runs/{run}/approvals", GitHubRight.READ_ACTIONS, this::approvals);
  }

  private Response pending(Call call) {
    WorkflowRun run = finder.run(call);
    ArrayNode all = Json.MAPPER.createArrayNode();
    for (Pending one : reviews.pending(call.repository(), run)) {
      DeploymentEnvironment environment = one.environment();
      ObjectNode body = Json.object();
      body.set("environment", named(call.repository(), environment));
      body.put("wait_timer", environment.protection().waitTimer());
      body.put("wait_timer_started_at", one.job().startedAt());
      body.put(
          "current_user_can_approve", reviews.mayReview(call.token().login(), environment, run));
      body.set("reviewers", environments.reviewers(environment));
      all.add(body);
    }
    return Response.json(200, all);
  }

  /** What other objects say of an environment. */
  private ObjectNode named(Repository repository, DeploymentEnvironment environment) {
    return environments
        .of(repository, environment)
        .retain("id", "node_id", "name", "url", "html_url");
  }

  private Response review(Call call) {
    WorkflowRun run = finder.run(call);
    ObjectNode body = Bodies.of(call.request(), Set.of("environment_ids", "state", "comment"));
    String state = body.path("state").asText();
    if (!STATES.contains(state) || !body.path("comment").isTextual()) {
      throw GitHubErrors.unprocessable(
          "Invalid request.\n\n\"state\" is approved or rejected, and \"comment\" a text.");
    }
    List<Pending> reviewed = named(call, run, body.path("environment_ids"));
    Review review =
        new Review(
            reviewed.stream().map(p -> p.environment().number()).distinct().toList(),
            state,
            body.path("comment").asText(),
            call.token().login(),
            actions.runs().now());
    reviews.review(call.repository(), run, reviewed, review);
    ArrayNode all = Json.MAPPER.createArrayNode();
    reviewed.forEach(p -> all.add(deployments.of(call.repository(), run, p.job())));
    return Response.json(200, all);
  }

  /** What of it waits and is this person's to review; that GitHub words it so is assumed. */
  private List<Pending> named(Call call, WorkflowRun run, JsonNode numbers) {
    List<Long> wanted = new ArrayList<>();
    numbers.forEach(n -> wanted.add(n.asLong()));
    List<Pending> found =
        reviews.pending(call.repository(), run).stream()
            .filter(p -> wanted.contains(p.environment().number()))
            .toList();
    if (found.isEmpty()) {
      throw GitHubErrors.unprocessable("No pending deployment requests to approve or reject");
    }
    if (!found.stream()
        .allMatch(p -> reviews.mayReview(call.token().login(), p.environment(), run))) {
      throw GitHubErrors.unprocessable(
          "Could not approve or reject: %s is no required reviewer of the environment."
              .formatted(call.token().login()));
    }
    return found;
  }

  private Response approvals(Call call) {
    ArrayNode all = Json.MAPPER.createArrayNode();
    for (Review review : finder.run(call).reviews()) {
      ObjectNode body = Json.object().put("state", review.state()).put("comment", review.comment());
      body.set("user", documents.user(review.login()));
      ArrayNode of = body.putArray("environments");
      actions.environments().all(call.repository()).stream()
          .filter(e -> review.environments().contains(e.number()))
          .forEach(e -> of.add(environment(call.repository(), e)));
      all.add(body);
    }
    return Response.json(200, all);
  }

  private ObjectNode environment(Repository repository, DeploymentEnvironment environment) {
    return environments
        .of(repository, environment)
        .retain("id", "node_id", "name", "url", "html_url", "created_at", "updated_at");
  }
}
