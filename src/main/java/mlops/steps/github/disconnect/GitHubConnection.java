package mlops.steps.github.disconnect;

import com.azure.core.exception.HttpResponseException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.azure.Azure;
import mlops.azure.Lookup;
import mlops.azure.github.GitHubSite;
import mlops.error.MlopsException;
import mlops.profile.Profile;
import mlops.steps.github.login.ApplicationName;

/**
 * A repository that may log in as the applications of a profile.
 *
 * @param repository {@code OWNER/NAME}
 */
public record GitHubConnection(GitHubSite site, String repository) {
  private static final Pattern DEFAULT =
      Pattern.compile("repo:([^:/@]+)(?:@\\d+)?/([^:/@]+)(?:@\\d+)?(?::.*)?");
  private static final Pattern NAMED =
      Pattern.compile("(?:.*:)?repository:([^:/]+)/([^:/]+)(?::.*)?");

  /**
   * What the federated credentials of connect say of it; empty where there are none.
   *
   * @throws MlopsException FAILED where they speak of several, do not name one, or may not be read
   */
  public static Optional<GitHubConnection> of(Azure azure, Profile profile) {
    try {
      return found(azure, profile);
    } catch (HttpResponseException e) {
      if (Lookup.status(e) != 403) {
        throw e;
      }
      throw MlopsException.failed(
          "DirectoryDenied",
          "%s may not look in the directory for applications that mlops github connect made"
              .formatted(azure.signedIn().name()),
          "Ask for the role Directory Readers, or leave them as they are with --no-github.",
          e);
    }
  }

  private static Optional<GitHubConnection> found(Azure azure, Profile profile) {
    Set<GitHubConnection> found = new LinkedHashSet<>();
    for (Profile.Environment environment : profile.environments()) {
      ConnectedApplication applications =
          new ConnectedApplication(azure, ApplicationName.of(profile, environment));
      for (JsonNode application : applications.all()) {
        applications.credentials(application).forEach(c -> found.add(of(c)));
      }
    }
    if (found.size() > 1) {
      throw MlopsException.failed(
          "SeveralRepositories",
          "%s may log in as the applications of the profile"
              .formatted(
                  String.join(" and ", found.stream().map(GitHubConnection::repository).toList())),
          "Disconnect all but one first: mlops github disconnect --repo OWNER/NAME.");
    }
    return found.stream().findFirst();
  }

  private static GitHubConnection of(JsonNode credential) {
    String subject = credential.path("subject").asText();
    GitHubSite site =
        GitHubSite.ofIssuer(credential.path("issuer").asText()).orElse(GitHubSite.PUBLIC);
    for (Pattern form : List.of(DEFAULT, NAMED)) {
      Matcher named = form.matcher(subject);
      if (named.matches()) {
        return new GitHubConnection(site, named.group(1) + "/" + named.group(2));
      }
    }
    throw MlopsException.failed(
        "RepositoryUnknown",
        "a repository may log in as the applications of the profile, and %s does not tell which"
            .formatted(subject),
        "Name it with --repo OWNER/NAME, or leave what connect made with --no-github.");
  }
}
