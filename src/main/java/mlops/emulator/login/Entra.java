package mlops.emulator.login;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import mlops.emulator.http.Permission;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.login.directory.ClientSecrets;
import mlops.emulator.login.directory.Directory;
import mlops.emulator.login.directory.Propagation;
import mlops.emulator.login.token.GitHubOidcIssuer;
import mlops.emulator.login.token.Tokens;
import mlops.emulator.state.StateTree;

/**
 * Microsoft Entra ID's login, v1.0 and v2.0: discovery, keys, tokens and device codes. Nobody is
 * asked in a browser: the authorize endpoint is not built.
 */
public final class Entra {
  public static final String HOST = "login.microsoftonline.com";

  private final OpenIdDocuments documents;
  private final TokenEndpoint endpoint;
  private final GitHubOidcIssuer workflows;

  /**
   * @param propagation when new federated credentials work
   */
  public Entra(
      StateTree state,
      Directory directory,
      Tokens tokens,
      String tenant,
      Propagation propagation,
      Clock clock) {
    Tenant own = new Tenant(tenant);
    ClientSecrets secrets = new ClientSecrets(state, clock);
    TokenResponse answer = new TokenResponse(tokens, own, clock);
    ClientApplications clients =
        new ClientApplications(state, directory, tenant, propagation, clock);
    FederatedLogin federated = new FederatedLogin(tokens, clock);
    this.documents = new OpenIdDocuments(own, tokens.key());
    this.endpoint =
        new TokenEndpoint(
            own,
            new ApplicationLogin(clients, secrets, federated, answer, tenant),
            new UserLogin(directory, clients, secrets, tokens, answer, own, clock));
    this.workflows = new GitHubOidcIssuer(tokens, clock);
  }

  public List<Route> routes() {
    List<Route> routes = new ArrayList<>(workflows.routes());
    add(routes, "GET", "/common/discovery/instance", documents::instance);
    add(routes, "GET", "/common/userrealm/{user}", documents::realm);
    for (String prefix : List.of("/{tenant}", "/{tenant}/adfs")) {
      add(routes, "GET", prefix + "/.well-known/openid-configuration", documents::first);
    }
    add(routes, "GET", "/{tenant}/v2.0/.well-known/openid-configuration", documents::second);
    for (String version : List.of("", "/v2.0")) {
      add(routes, "GET", "/{tenant}/discovery" + version + "/keys", documents::keys);
      add(routes, "POST", "/{tenant}/oauth2" + version + "/token", endpoint::token);
      add(routes, "POST", "/{tenant}/oauth2" + version + "/devicecode", endpoint::deviceCode);
    }
    return routes;
  }

  /** The issuer of GitHub Actions, whose tokens log in by federated credentials. */
  public GitHubOidcIssuer workflows() {
    return workflows;
  }

  private static void add(
      List<Route> routes, String method, String path, Function<Request, Response> handler) {
    routes.add(Route.of(method, HOST, path, Permission.open(), handler));
  }
}
