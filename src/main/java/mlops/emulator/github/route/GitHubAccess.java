package mlops.emulator.github.route;

import mlops.emulator.github.account.GitHubDirectory;
import mlops.emulator.github.account.GitHubPlan;
import mlops.emulator.github.account.GitHubToken;
import mlops.emulator.github.account.GitHubTokens;
import mlops.emulator.github.account.Repository;
import mlops.emulator.github.account.Role;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;

/**
 * Who may do what on GitHub: by what a token may, and by the role of its owner in the repository.
 * Nobody comes without a token, also not to a public repository.
 */
public final class GitHubAccess {
  private final GitHubDirectory directory;
  private final GitHubTokens tokens;
  private final GitHubPlan plan;

  public GitHubAccess(GitHubDirectory directory, GitHubTokens tokens, GitHubPlan plan) {
    this.directory = directory;
    this.tokens = tokens;
    this.plan = plan;
  }

  /**
   * The token that a request shows.
   *
   * @throws ApiException 401 without one that is known, 403 without the name of a client
   */
  GitHubToken token(Request request) {
    String header = request.header("Authorization");
    if (header == null || header.isBlank()) {
      throw GitHubErrors.requiresAuthentication();
    }
    String value = header.strip().replaceFirst("(?i)^(bearer|token) +", "");
    GitHubToken token = tokens.find(value).orElseThrow(GitHubErrors::badCredentials);
    String client = request.header("User-Agent");
    if (client == null || client.isBlank()) {
      throw GitHubErrors.noUserAgent();
    }
    return token;
  }

  /** Whether the owner of a token sees a repository at all. */
  boolean sees(GitHubToken token, Repository repository) {
    if (!plan.isPrivate()) {
      return true;
    }
    boolean scoped = !token.isClassic() || token.hasScope("repo");
    return scoped && directory.role(token.login(), repository).includes(Role.READ);
  }

  /**
   * Asks for a right in a repository.
   *
   * @throws ApiException 404 where the repository is not seen, 403 where it is
   */
  public void require(GitHubToken token, GitHubRight right, Repository repository) {
    if (!sees(token, repository)) {
      throw GitHubErrors.notFound();
    }
    boolean open = !plan.isPrivate() && right.isOfReaders();
    if (open) {
      return;
    }
    if (!token.isClassic() && !permits(token, right)) {
      throw GitHubErrors.notAccessible(right);
    }
    boolean scoped = !token.isClassic() || token.hasScope("repo");
    if (!scoped || !directory.role(token.login(), repository).includes(right.role)) {
      throw GitHubErrors.mustBeAdmin();
    }
  }

  /** Each fine-grained token may read the metadata of what it sees. */
  private static boolean permits(GitHubToken token, GitHubRight right) {
    return right == GitHubRight.READ_REPOSITORY || token.permits(right.permission, right.level);
  }
}
