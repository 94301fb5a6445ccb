package mlops.steps.approval;

import java.util.Optional;
import mlops.azure.github.GitHubSite;
import mlops.profile.Profile;

/**
 * What a reviewer decides.
 *
 * @param site the GitHub that has the run
 * @param repository {@code OWNER/NAME}
 * @param run its number
 * @param environment into which the job wants to go
 * @param approved or else rejected
 * @param comment his own words
 */
public record ReviewRequest(
    GitHubSite site,
    String repository,
    String run,
    Profile.Environment environment,
    boolean approved,
    Optional<String> comment) {

  /** Where the run lies in the API. */
  String path() {
    return "/repos/%s/actions/runs/%s".formatted(repository, run);
  }

  /** The repository, as {@code gh --repo} takes it. */
  String named() {
    return site.named(repository);
  }

  /** {@code approved} or {@code rejected}, as GitHub says it. */
  String state() {
    return approved ? "approved" : "rejected";
  }
}
