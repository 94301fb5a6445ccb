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
  private final GitHubActions actions;
  private final LogLinks links;

  public ActionsApi(GitHubActions actions, Clock clock) {
    this.actions = actions;
    this.links = new LogLinks(actions.directory().state(), clock);
  }

  /** Those of {@code api.github.com}. */
  public void addTo(GitHubRoutes routes) {
    AccountDocuments accounts = new AccountDocuments(actions.directory(), actions.plan());
    ActionsDocuments documents = new ActionsDocuments(actions.directory(), accounts);
    new WorkflowRoutes(actions, documents).addTo(routes);
    new RunRoutes(actions, documents).addTo(routes);
    new JobRoutes(actions, documents).addTo(routes);
    new LogRoutes(actions, links).addTo(routes);
    DeploymentRoutes deployments = new DeploymentRoutes(actions, documents);
    deployments.addTo(routes);
    EnvironmentDocuments environments = new EnvironmentDocuments(actions.directory(), accounts);
    new ReviewRoutes(actions, documents, deployments, environments).addTo(routes);
  }

  /** Those of the hosts that serve logs and tokens. */
  public List<Route> otherRoutes() {
    List<Route> routes = new ArrayList<>(new LogRoutes(actions, links).downloads());
    routes.add(new IdTokenRoute(actions).route());
    return routes;
  }
}
