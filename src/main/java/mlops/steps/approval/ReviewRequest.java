package mlops.steps.approval;

import java.util.Optional;
import mlops.profile.Profile;

/**
 * What a reviewer decides.
 *
 * @param repository {@code OWNER/NAME}
 * @param run its number
 * @param environment into which the job wants to go
 * @param approved or else rejected
 * @param comment his own words
 */
public record ReviewRequest(
    String repository,
    String run,
    Profile.Environment environment,
    boolean approved,
    Optional<String> comment) {

  /** Where the run lies in the API. */
  String path() {
    return "/repos/%s/actions/runs/%s".formatted(repository, run);
  }

  /** {@code approved} or {@code rejected}, as GitHub says it. */
  String state() {
    return approved ? "approved" : "rejected";
  }
}
