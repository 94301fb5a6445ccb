package mlops.emulator.github;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import mlops.emulator.github.account.GitHubDirectory;
import mlops.emulator.github.account.GitHubPlan;
import mlops.emulator.github.account.GitHubTokens;
import mlops.emulator.github.actions.GitHubActions;
import mlops.emulator.github.api.GitHubApi;
import mlops.emulator.github.workflow.ActionsApi;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.login.token.GitHubOidcIssuer;
import mlops.emulator.login.token.Tokens;
import mlops.emulator.state.StateTree;

/** The GitHub of one state: an organisation with two repositories, and a person who owns them. */
public final class GitHub {
  private final GitHubTokens tokens;
  private final GitHubApi api;
  private final GitHubActions actions;
  private final ActionsApi runs;

  /**
   * @param signatures by which the tokens of workflows are signed
   * @param again answers a request that was led elsewhere
   */
  public GitHub(
      StateTree state,
      GitHubPlan plan,
      Tokens signatures,
      Function<Request, Response> again,
      Clock clock) {
    this.tokens = new GitHubTokens(state);
    GitHubDirectory directory = new GitHubDirectory(state);
    this.api = new GitHubApi(directory, tokens, plan, again, clock);
    this.actions =
        GitHubActions.on(directory, plan, new GitHubOidcIssuer(signatures, clock), clock);
    this.runs = new ActionsApi(actions, clock);
    runs.addTo(api.collector());
  }

  public List<Route> routes() {
    List<Route> routes = new ArrayList<>(api.routes());
    routes.addAll(runs.otherRoutes());
    return routes;
  }

  /** Workflows and their runs. */
  public GitHubActions actions() {
    return actions;
  }

  public GitHubTokens tokens() {
    return tokens;
  }
}
