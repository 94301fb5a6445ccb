package mlops.emulator.github.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import mlops.emulator.github.account.GitHubDirectory;
import mlops.emulator.github.account.GitHubToken;
import mlops.emulator.github.account.Owner;
import mlops.emulator.github.account.Repository;
import mlops.emulator.github.account.Role;
import mlops.emulator.github.route.GitHubErrors;
import mlops.emulator.github.route.GitHubRight;
import mlops.emulator.github.route.GitHubRoutes;
import mlops.emulator.github.route.RateLimit;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;

/** Who is there: the one who asks, people and organisations; and repositories. */
final class AccountRoutes {
  private final GitHubDirectory directory;
  private final AccountDocuments documents;
  private final RateLimit limit;

  AccountRoutes(GitHubDirectory directory, AccountDocuments documents, RateLimit limit) {
    this.directory = directory;
    this.documents = documents;
    this.limit = limit;
  }

  void addTo(GitHubRoutes routes) {
    routes.add("GET", "/user", this::user);
    routes.add("GET", "/users/{username}", this::person);
    routes.add("GET", "/orgs/{org}", this::organization);
    routes.add("GET", "/rate_limit", this::rateLimit);
    routes.add("GET", "", GitHubRight.READ_REPOSITORY, this::repository);
    routes.add(
        "GET",
        "/collaborators/{username}/permission",
        GitHubRight.READ_REPOSITORY,
        this::permission);
  }

  private Response user(Request request, GitHubToken token) {
    Owner owner = directory.owner(token.login()).orElseThrow(GitHubErrors::notFound);
    return Response.json(200, AccountDocuments.own(owner));
  }

  private Response person(Request request, GitHubToken token) {
    return Response.json(200, AccountDocuments.profile(owner(request.parameter("username"))));
  }

  private Response organization(Request request, GitHubToken token) {
    Owner owner = owner(request.parameter("org"));
    if (!owner.isOrganization()) {
      throw GitHubErrors.notFound();
    }
    boolean member = !token.isClassic() || token.hasScope("read:org");
    return Response.json(200, documents.organization(owner, member));
  }

  private Owner owner(String login) {
    return directory.owner(login).orElseThrow(GitHubErrors::notFound);
  }

  private Response rateLimit(Request request, GitHubToken token) {
    ObjectNode core = limit.spend(token, 0);
    ObjectNode body = Json.object();
    ObjectNode resources = body.putObject("resources");
    resources.set("core", core);
    resources.set("search", core);
    body.set("rate", core);
    return Response.json(200, body);
  }

  private Response repository(GitHubRoutes.Call call) {
    Role role = directory.role(call.token().login(), call.repository());
    return Response.json(200, documents.repository(call.repository(), role));
  }

  private Response permission(GitHubRoutes.Call call) {
    Owner person = owner(call.request().parameter("username"));
    Repository repository = call.repository();
    Role role = directory.role(person.login(), repository);
    ObjectNode body = Json.object().put("permission", coarse(role));
    body.put("role_name", role.toString());
    ObjectNode user = AccountDocuments.simple(person).put("role_name", role.toString());
    user.set("permissions", AccountDocuments.permissions(role));
    body.set("user", user);
    return Response.json(200, body);
  }

  /** The four roles that there were before the finer ones. */
  private static String coarse(Role role) {
    return switch (role) {
      case MAINTAIN -> Role.WRITE.toString();
      case TRIAGE -> Role.READ.toString();
      default -> role.toString();
    };
  }
}
