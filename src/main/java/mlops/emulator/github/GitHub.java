package mlops.emulator.github;

import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import mlops.emulator.github.account.GitHubDirectory;
import mlops.emulator.github.account.GitHubPlan;
import mlops.emulator.github.account.GitHubTokens;
import mlops.emulator.github.api.GitHubApi;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.state.StateTree;

/** The GitHub of one state: an organisation with two repositories, and a person who owns them. */
public final class GitHub {
  private final GitHubTokens tokens;
  private final GitHubApi api;

  /**
   * @param again answers a request that was led elsewhere
   */
  public GitHub(StateTree state, GitHubPlan plan, Function<Request, Response> again, Clock clock) {
    this.tokens = new GitHubTokens(state);
    this.api = new GitHubApi(new GitHubDirectory(state), tokens, plan, again, clock);
  }

  public List<Route> routes() {
    return api.routes();
  }

  public GitHubTokens tokens() {
    return tokens;
  }
}
