package mlops.steps.doctor;

import com.azure.core.exception.HttpResponseException;
import java.util.List;
import java.util.Optional;
import mlops.azure.Azure;
import mlops.azure.Lookup;
import mlops.azure.github.GitHubClient;
import mlops.azure.github.GitHubSite;
import mlops.error.MlopsException;

/** Whether there is a token for GitHub, and what it may do. */
final class GitHubHealth {
  private static final List<String> SCOPES = List.of("repo", "workflow");

  private final Azure azure;

  GitHubHealth(Azure azure) {
    this.azure = azure;
  }

  HealthFinding finding() {
    try {
      GitHubClient github = new GitHubClient(azure.connection(), GitHubSite.PUBLIC);
      return of(github.get("/user").path("login").asText(), github.scopes());
    } catch (MlopsException e) {
      return HealthFinding.warning(
          e.message() + "; only mlops github and approve need one", e.hint());
    } catch (HttpResponseException e) {
      return Lookup.status(e) == 401
          ? HealthFinding.failed(
              "GitHub refuses the token: it is wrong or expired", "gh auth login")
          : HealthFinding.warning(
              "GitHub does not say whose token it is (%d), as with that of a job"
                  .formatted(Lookup.status(e)),
              "gh auth status");
    }
  }

  private static HealthFinding of(String login, Optional<List<String>> scopes) {
    List<String> missing =
        SCOPES.stream().filter(s -> scopes.filter(has -> !has.contains(s)).isPresent()).toList();
    return missing.isEmpty()
        ? HealthFinding.ok("logged in as " + login)
        : HealthFinding.warning(
            "the token of %s lacks the scope %s".formatted(login, String.join(", ", missing)),
            "gh auth refresh -s " + String.join(",", missing));
  }
}
