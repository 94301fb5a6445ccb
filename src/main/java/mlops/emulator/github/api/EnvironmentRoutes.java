package mlops.emulator.github.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.BiFunction;
import mlops.emulator.github.account.GitHubPlan;
import mlops.emulator.github.account.Repository;
import mlops.emulator.github.environment.DeploymentEnvironment;
import mlops.emulator.github.environment.DeploymentEnvironments;
import mlops.emulator.github.route.GitHubErrors;
import mlops.emulator.github.route.GitHubRight;
import mlops.emulator.github.route.GitHubRoutes;
import mlops.emulator.github.route.Page;
import mlops.emulator.http.Response;

/** Environments: what protects them is given whole, and what a request leaves out is taken away. */
final class EnvironmentRoutes {
  static final String PATH = "/environments/{environment}";
  private static final int LONGEST_NAME = 255;

  private final DeploymentEnvironments environments;
  private final ProtectionRequest requests;
  private final EnvironmentDocuments documents;
  private final GitHubPlan plan;

  EnvironmentRoutes(
      DeploymentEnvironments environments,
      ProtectionRequest requests,
      EnvironmentDocuments documents,
      GitHubPlan plan) {
    this.environments = environments;
    this.requests = requests;
    this.documents = documents;
    this.plan = plan;
  }

  void addTo(GitHubRoutes routes) {
    routes.add("GET", "/environments", GitHubRight.READ_ACTIONS, this::list);
    routes.add(
        "GET",
        PATH,
        GitHubRight.READ_ACTIONS,
        call -> Response.json(200, documents.of(call.repository(), find(call))));
    routes.add("PUT", PATH, GitHubRight.ADMINISTER, this::createOrUpdate);
    routes.add("DELETE", PATH, GitHubRight.ADMINISTER, this::delete);
  }

  /**
   * Adds a route of an environment that is there.
   *
   * @param path below the environment
   */
  void add(
      GitHubRoutes routes,
      String method,
      String path,
      GitHubRight right,
      BiFunction<GitHubRoutes.Call, DeploymentEnvironment, Response> handler) {
    routes.add(method, PATH + path, right, call -> handler.apply(call, find(call)));
  }

  private DeploymentEnvironment find(GitHubRoutes.Call call) {
    requirePlan();
    String name = call.request().parameter("environment");
    return environments.find(call.repository(), name).orElseThrow(GitHubErrors::notFound);
  }

  /** That GitHub answers 404 here is assumed: no report of what it says was found. */
  private void requirePlan() {
    if (!plan.hasEnvironments()) {
      throw GitHubErrors.notFound();
    }
  }

  private Response list(GitHubRoutes.Call call) {
    requirePlan();
    Repository repository = call.repository();
    return Page.of(
        call.request(),
        "environments",
        environments.all(repository).stream().map(e -> documents.of(repository, e)).toList());
  }

  private Response createOrUpdate(GitHubRoutes.Call call) {
    requirePlan();
    String name = call.request().parameter("environment");
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      throw GitHubErrors.invalid("Environment", "name", "invalid");
    }
    DeploymentEnvironment environment =
        environments.protect(
            call.repository(), name, requests.read(call.request(), call.repository()));
    ObjectNode body = documents.of(call.repository(), environment);
    return Response.json(200, body);
  }

  private Response delete(GitHubRoutes.Call call) {
    environments.delete(find(call));
    return Response.empty(204);
  }
}
