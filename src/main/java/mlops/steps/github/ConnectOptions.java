package mlops.steps.github;

import java.util.List;
import mlops.azure.Azure;
import mlops.azure.github.GitHubClient;
import mlops.azure.github.GitHubSite;
import mlops.steps.github.login.ConnectedRepository;

/**
 * What a user wants of {@code mlops github connect}.
 *
 * @param site the GitHub that has the repository
 * @param repository {@code OWNER/NAME}
 * @param reviewers logins and {@code ORG/TEAM}; empty for those of the profile, or whoever runs it
 * @param isReviewed whether environments behind the first one have reviewers at all
 * @param branches which may deploy; empty for those of the profile, or the default branch
 * @param bothSubjects whether the other form of the subject gets a credential too
 * @param renewed whether credentials that are there are deleted and made again
 * @param secrets whether the ids that jobs log in with are kept in secrets, and not in variables
 */
public record ConnectOptions(
    GitHubSite site,
    String repository,
    List<String> reviewers,
    boolean isReviewed,
    List<String> branches,
    boolean bothSubjects,
    boolean renewed,
    boolean secrets) {

  /**
   * What connect was told before, as far as it can still be seen.
   *
   * @param environment what GitHub calls the first environment
   */
  public static ConnectOptions again(
      Azure azure, GitHubSite site, String repository, boolean isReviewed, String environment) {
    GitHubClient github = new GitHubClient(azure.connection(), site);
    boolean secrets =
        ConnectedRepository.find(github, repository)
            .map(found -> found.environment(environment) + "/variables/" + SecretsStep.HASH)
            .filter(github::exists)
            .isPresent();
    return new ConnectOptions(
        site, repository, List.of(), isReviewed, List.of(), false, false, secrets);
  }
}
