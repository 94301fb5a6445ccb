package mlops.steps.github.doctor;

import java.time.Clock;
import java.util.Optional;
import mlops.azure.Azure;
import mlops.azure.github.GitHubClient;
import mlops.azure.github.GitHubSite;
import mlops.error.MlopsException;
import mlops.profile.Profile;

/** Finds out why a job of GitHub could not log in to Azure. */
public final class Doctor {
  private final Azure azure;
  private final Profile profile;
  private final GitHubClient github;
  private final Clock clock;

  /**
   * @param site the GitHub that the job ran on
   */
  public Doctor(Azure azure, Profile profile, GitHubSite site, Clock clock) {
    this.azure = azure;
    this.profile = profile;
    this.github = new GitHubClient(azure.connection(), site);
    this.clock = clock;
  }

  /**
   * By the text of a failure.
   *
   * @param repository {@code OWNER/NAME}; that in the subject of the token if empty
   */
  public Diagnosis ofText(String text, Optional<String> repository) {
    return diagnosis(text, repository, Optional.empty());
  }

  /**
   * By the logs of the failed jobs of a run.
   *
   * @throws MlopsException where there is no such run, or nothing in it has failed
   */
  public Diagnosis ofRun(String run, String repository) {
    return diagnosis(RunLog.of(github, repository, run), Optional.of(repository), Optional.of(run));
  }

  private Diagnosis diagnosis(String text, Optional<String> repository, Optional<String> run) {
    EvidenceReader reader = new EvidenceReader(azure, profile, github);
    return Diagnosis.of(
        reader.read(new FailureText(text), repository, run, clock.instant()), KnownFailure.all());
  }
}
