package mlops.emulator.github.api;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import mlops.emulator.github.account.GitHubDirectory;
import mlops.emulator.github.account.GitHubPlan;
import mlops.emulator.github.account.GitHubTokens;
import mlops.emulator.github.account.Repository;
import mlops.emulator.github.environment.BoxKeys;
import mlops.emulator.github.environment.BranchPolicies;
import mlops.emulator.github.environment.DeploymentEnvironments;
import mlops.emulator.github.environment.StoredValues;
import mlops.emulator.github.oidc.SubjectTemplates;
import mlops.emulator.github.route.AnswerHeaders;
import mlops.emulator.github.route.GitHubAccess;
import mlops.emulator.github.route.GitHubErrors;
import mlops.emulator.github.route.GitHubRoutes;
import mlops.emulator.github.route.RateLimit;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.state.StateTree;

/** All routes of {@code api.github.com}. */
public final class GitHubApi {
  private static final String BY_NUMBER = "/repositories/{number}";

  private final GitHubDirectory directory;
  private final GitHubRoutes routes;

  /**
   * @param again answers a request that was led elsewhere
   */
  public GitHubApi(
      GitHubDirectory directory,
      GitHubTokens tokens,
      GitHubPlan plan,
      Function<Request, Response> again,
      Clock clock) {
    this.directory = directory;
    StateTree state = directory.state();
    RateLimit limit = new RateLimit(clock);
    GitHubAccess access = new GitHubAccess(directory, tokens, plan);
    this.routes = new GitHubRoutes(directory, access, new AnswerHeaders(limit));
    AccountDocuments accounts = new AccountDocuments(directory, plan);
    new AccountRoutes(directory, accounts, limit).addTo(routes);
    new TeamRoutes(directory, accounts, access).addTo(routes);
    new SubjectRoutes(new SubjectTemplates(state)).addTo(routes);
    EnvironmentRoutes environments =
        new EnvironmentRoutes(
            new DeploymentEnvironments(directory, clock),
            new ProtectionRequest(directory, plan),
            new EnvironmentDocuments(directory, accounts),
            plan);
    environments.addTo(routes);
    new BranchPolicyRoutes(new BranchPolicies(directory), environments).addTo(routes);
    ValueOwners owners = new ValueOwners(environments);
    StoredValues secrets = StoredValues.secrets(state, clock);
    new SecretRoutes(secrets, new BoxKeys(state), owners).addTo(routes);
    new VariableRoutes(StoredValues.variables(state, clock), owners).addTo(routes);
    routes.add("GET", BY_NUMBER, (request, token) -> again.apply(byName(request)));
    routes.add("GET", BY_NUMBER + "/{*rest}", (request, token) -> again.apply(byName(request)));
  }

  /** To which other parts of the API are added. */
  public GitHubRoutes collector() {
    return routes;
  }

  public List<Route> routes() {
    return routes.routes();
  }

  /** The request to a repository by its number, which it keeps, as one by its present name. */
  private Request byName(Request request) {
    Repository repository =
        Optional.of(request.parameter("number"))
            .filter(n -> n.matches("\\d{1,18}"))
            .flatMap(n -> directory.repository(Long.parseLong(n)))
            .orElseThrow(GitHubErrors::notFound);
    String rest = request.path().replaceFirst("^/repositories/[^/]+", "");
    String query = request.rawQuery().isEmpty() ? "" : "?" + request.rawQuery();
    return Request.of(
        request.method(),
        request.host(),
        "/repos/" + repository.fullName() + rest + query,
        request.headers(),
        request.body());
  }
}
