package mlops.steps.github;

import java.util.List;
import mlops.azure.github.GitHubSite;

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
    boolean secrets) {}
