package mlops.emulator.github.workflow;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import mlops.emulator.github.actions.GitHubActions;
import mlops.emulator.github.api.AccountDocuments;
import mlops.emulator.github.api.EnvironmentDocuments;
import mlops.emulator.github.route.GitHubRoutes;
import mlops.emulator.http.Route;

/** All routes about workflows and their runs. */
public final class ActionsApi {
  private static final String NO_GRAPHQL =
      "The embedded GitHub has no GraphQL. Name the branch, as in gh workflow run FILE --ref main, and gh does without.";

  private final GitHubActions actions;
  private final LogLinks links;

  public ActionsApi(GitHubActions actions, Clock clock) {
    this.actions = actions;
    this.links = new LogLinks(actions.directory().state(), clock);
  }

  /** Those of {@code api.github.com}. */
  public void addTo(GitHubRoutes routes) {
    ActionsDocuments documents = documents();
    routes.unbuilt("POST", "/graphql", NO_GRAPHQL);
    new WorkflowRoutes(actions, documents).addTo(routes);
    new RunRoutes(actions, documents).addTo(routes);
    new JobRoutes(actions, documents).addTo(routes);
    new RerunRoutes(actions).addTo(routes);
    new LogRoutes(actions, links).addTo(routes);
    new RunArtifactRoutes(actions, documents, links).addTo(routes);
    GitHubDeploymentRoutes deployments = new GitHubDeploymentRoutes(actions, documents);
    deployments.addTo(routes);
    EnvironmentDocuments environments = new EnvironmentDocuments(actions.directory(), accounts());
    new ReviewRoutes(actions, documents, deployments, environments).addTo(routes);
  }

  /** Those of the hosts that serve logs and tokens. */
  public List<Route> otherRoutes() {
    List<Route> routes = new ArrayList<>(new LogRoutes(actions, links).downloads());
    routes.add(new RunArtifactRoutes(actions, documents(), links).download());
    routes.add(new IdTokenRoute(actions).route());
    return routes;
  }

  private ActionsDocuments documents() {
    return new ActionsDocuments(actions.directory(), accounts());
  }

  private AccountDocuments accounts() {
    return new AccountDocuments(actions.directory(), actions.plan());
  }
}
