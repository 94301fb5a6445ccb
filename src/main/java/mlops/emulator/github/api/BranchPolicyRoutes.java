package mlops.emulator.github.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import mlops.emulator.github.environment.BranchPolicies;
import mlops.emulator.github.environment.BranchPolicies.Policy;
import mlops.emulator.github.environment.DeploymentEnvironment;
import mlops.emulator.github.environment.Protection.Branches;
import mlops.emulator.github.route.Bodies;
import mlops.emulator.github.route.GitHubErrors;
import mlops.emulator.github.route.GitHubRight;
import mlops.emulator.github.route.GitHubRoutes;
import mlops.emulator.github.route.Page;
import mlops.emulator.http.Json;
import mlops.emulator.http.Response;

/** Which branches and tags may deploy into an environment that takes selected ones only. */
final class BranchPolicyRoutes {
  private static final String ALL = "/deployment-branch-policies";
  private static final String ONE = ALL + "/{policy}";
  private static final String NAME = "name";

  private final BranchPolicies policies;
  private final EnvironmentRoutes environments;

  BranchPolicyRoutes(BranchPolicies policies, EnvironmentRoutes environments) {
    this.policies = policies;
    this.environments = environments;
  }

  void addTo(GitHubRoutes routes) {
    environments.add(routes, "GET", ALL, GitHubRight.READ_ACTIONS, this::list);
    environments.add(routes, "POST", ALL, GitHubRight.ADMINISTER, this::create);
    environments.add(
        routes,
        "GET",
        ONE,
        GitHubRight.READ_ACTIONS,
        (call, in) -> Response.json(200, document(find(call, in))));
    environments.add(routes, "PUT", ONE, GitHubRight.ADMINISTER, this::rename);
    environments.add(routes, "DELETE", ONE, GitHubRight.ADMINISTER, this::delete);
  }

  private Response list(GitHubRoutes.Call call, DeploymentEnvironment in) {
    return Page.of(
        call.request(),
        "branch_policies",
        policies.all(in).stream().map(BranchPolicyRoutes::document).toList());
  }

  private Response create(GitHubRoutes.Call call, DeploymentEnvironment in) {
    ObjectNode body = Bodies.of(call.request(), Set.of(NAME, "type"));
    String type = body.path("type").asText("branch");
    if (!type.equals("branch") && !type.equals("tag")) {
      throw GitHubErrors.invalid("DeploymentBranchPolicy", "type", "invalid");
    }
    if (in.protection().branches() != Branches.SELECTED) {
      throw GitHubErrors.notFound();
    }
    return policies
        .add(in, name(body), type)
        .map(p -> Response.json(200, document(p)))
        .orElseGet(() -> Response.empty(303));
  }

  private static String name(ObjectNode body) {
    String name = body.path(NAME).asText();
    if (name.isBlank()) {
      throw GitHubErrors.invalid("DeploymentBranchPolicy", NAME, "missing_field");
    }
    return name;
  }

  private Response rename(GitHubRoutes.Call call, DeploymentEnvironment in) {
    String name = name(Bodies.of(call.request(), Set.of(NAME)));
    return Response.json(200, document(policies.rename(in, find(call, in), name)));
  }

  private Response delete(GitHubRoutes.Call call, DeploymentEnvironment in) {
    policies.delete(in, find(call, in));
    return Response.empty(204);
  }

  private Policy find(GitHubRoutes.Call call, DeploymentEnvironment in) {
    return policies
        .find(in, call.request().parameter("policy"))
        .orElseThrow(GitHubErrors::notFound);
  }

  private static ObjectNode document(Policy policy) {
    return Json.object()
        .put("id", policy.number())
        .put("node_id", NodeId.of("DB", policy.number()))
        .put(NAME, policy.name())
        .put("type", policy.type());
  }
}
