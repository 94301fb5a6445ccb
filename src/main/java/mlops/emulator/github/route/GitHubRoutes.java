package mlops.emulator.github.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import mlops.emulator.github.account.GitHubDirectory;
import mlops.emulator.github.account.GitHubToken;
import mlops.emulator.github.account.Repository;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Permission;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;

/**
 * Collects the routes of {@code api.github.com}: each checks the token first, then the right in the
 * repository that its path names. A repository that was renamed leads to its address by number.
 */
public final class GitHubRoutes {
  public static final String HOST = "api.github.com";
  static final String REPOSITORY = "/repos/{owner}/{repo}";

  /** A request of somebody who may send it, to a repository. */
  public record Call(Request request, GitHubToken token, Repository repository) {}

  private final GitHubDirectory directory;
  private final GitHubAccess access;
  private final AnswerHeaders headers;
  private final List<Route> routes = new ArrayList<>();

  public GitHubRoutes(GitHubDirectory directory, GitHubAccess access, AnswerHeaders headers) {
    this.directory = directory;
    this.access = access;
    this.headers = headers;
  }

  /** A route for all who have a token. */
  public void add(String method, String path, BiFunction<Request, GitHubToken, Response> handler) {
    routes.add(
        Route.of(method, HOST, path, Permission.byHandler(), request -> answer(request, handler)));
  }

  /** A route that is not here, which also tells nothing to those without a token. */
  public void unbuilt(String method, String path, String why) {
    routes.add(
        Route.unbuilt(
            method,
            HOST,
            path,
            Permission.byHandler(),
            request -> headers.complete(access.token(request), ApiException.notImplemented(why))));
  }

  /**
   * A route of a repository.
   *
   * @param path below the repository; empty for itself
   */
  public void add(String method, String path, GitHubRight right, Function<Call, Response> handler) {
    add(
        method,
        REPOSITORY + path,
        (request, token) -> {
          String name = request.parameter("owner") + "/" + request.parameter("repo");
          Optional<Repository> found = directory.repository(name);
          if (found.isEmpty()) {
            return moved(request, token, name);
          }
          access.require(token, right, found.get());
          return handler.apply(new Call(request, token, found.get()));
        });
  }

  public List<Route> routes() {
    return List.copyOf(routes);
  }

  private Response answer(Request request, BiFunction<Request, GitHubToken, Response> handler) {
    GitHubToken token = access.token(request);
    try {
      return headers.complete(request, token, handler.apply(request, token));
    } catch (ApiException e) {
      throw headers.complete(token, e);
    }
  }

  private Response moved(Request request, GitHubToken token, String name) {
    Repository now =
        directory
            .renamed(name)
            .filter(r -> access.sees(token, r))
            .orElseThrow(GitHubErrors::notFound);
    String rest = request.path().replaceFirst("^/repos/[^/]+/[^/]+", "");
    String query = request.rawQuery().isEmpty() ? "" : "?" + request.rawQuery();
    String url = "https://%s/repositories/%d%s%s".formatted(HOST, now.number(), rest, query);
    boolean reads = request.method().equals("GET");
    return Response.json(
            reads ? 301 : 307,
            Json.object()
                .put("message", reads ? "Moved Permanently" : "Temporary Redirect")
                .put("url", url)
                .put("documentation_url", AnswerHeaders.DOCUMENTATION))
        .with("Location", url);
  }
}
