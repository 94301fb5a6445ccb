package mlops.emulator.github.api;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mlops.emulator.github.account.GitHubDirectory;
import mlops.emulator.github.account.GitHubToken;
import mlops.emulator.github.account.Repository;
import mlops.emulator.github.account.Role;
import mlops.emulator.github.account.Team;
import mlops.emulator.github.route.Bodies;
import mlops.emulator.github.route.GitHubAccess;
import mlops.emulator.github.route.GitHubErrors;
import mlops.emulator.github.route.GitHubRight;
import mlops.emulator.github.route.GitHubRoutes;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;

/** The teams of an organisation, and what they may do in its repositories. */
final class TeamRoutes {
  private static final String TEAM = "/orgs/{org}/teams/{team}";
  private static final String REPOSITORY = TEAM + "/repos/{owner}/{repo}";

  private static final Map<String, Role> PERMISSIONS =
      Map.of(
          "pull", Role.READ,
          "triage", Role.TRIAGE,
          "push", Role.WRITE,
          "maintain", Role.MAINTAIN,
          "admin", Role.ADMIN);

  private final GitHubDirectory directory;
  private final AccountDocuments documents;
  private final GitHubAccess access;

  TeamRoutes(GitHubDirectory directory, AccountDocuments documents, GitHubAccess access) {
    this.directory = directory;
    this.documents = documents;
    this.access = access;
  }

  void addTo(GitHubRoutes routes) {
    routes.add("GET", TEAM, this::team);
    routes.add("GET", REPOSITORY, this::reads);
    routes.add("PUT", REPOSITORY, this::give);
  }

  private Response team(Request request, GitHubToken token) {
    return Response.json(200, documents.fullTeam(find(request, token)));
  }

  /** Whether a team sees a repository: 204 or 404. */
  private Response reads(Request request, GitHubToken token) {
    Team team = find(request, token);
    return repository(request)
        .filter(r -> directory.role(team, r).includes(Role.READ))
        .map(r -> Response.empty(204))
        .orElseThrow(GitHubErrors::notFound);
  }

  /** Gives a team a role in a repository: 204. */
  private Response give(Request request, GitHubToken token) {
    Team team = find(request, token);
    Repository repository = repository(request).orElseThrow(GitHubErrors::notFound);
    access.require(token, GitHubRight.ADMINISTER, repository);
    String word = Bodies.of(request, Set.of("permission")).path("permission").asText("push");
    Role role =
        Optional.ofNullable(PERMISSIONS.get(word))
            .orElseThrow(() -> GitHubErrors.invalid("Team", "permission", "invalid"));
    directory.give(team, repository, role);
    return Response.empty(204);
  }

  private Optional<Repository> repository(Request request) {
    return directory.repository(request.parameter("owner") + "/" + request.parameter("repo"));
  }

  private Team find(Request request, GitHubToken token) {
    if (token.isClassic() && !token.hasScope("read:org")) {
      throw GitHubErrors.notFound();
    }
    return directory
        .team(request.parameter("org"), request.parameter("team"))
        .orElseThrow(GitHubErrors::notFound);
  }
}
