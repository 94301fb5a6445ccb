package mlops.emulator.github.api;

import java.util.function.BiFunction;
import mlops.emulator.github.route.GitHubRight;
import mlops.emulator.github.route.GitHubRoutes;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;

/**
 * Whose secrets and variables a path means: those of a repository, or of one of its environments.
 */
final class ValueOwners {

  /** The two kinds, with the rights that their routes ask for. */
  enum Kind {
    REPOSITORY(
        GitHubRight.READ_SECRETS,
        GitHubRight.WRITE_SECRETS,
        GitHubRight.READ_VARIABLES,
        GitHubRight.WRITE_VARIABLES),
    ENVIRONMENT(
        GitHubRight.READ_ENVIRONMENT_VALUES,
        GitHubRight.WRITE_ENVIRONMENT_VALUES,
        GitHubRight.READ_ENVIRONMENT_VALUES,
        GitHubRight.WRITE_ENVIRONMENT_VALUES);

    final GitHubRight readSecrets;
    final GitHubRight writeSecrets;
    final GitHubRight readVariables;
    final GitHubRight writeVariables;

    Kind(
        GitHubRight readSecrets,
        GitHubRight writeSecrets,
        GitHubRight readVariables,
        GitHubRight writeVariables) {
      this.readSecrets = readSecrets;
      this.writeSecrets = writeSecrets;
      this.readVariables = readVariables;
      this.writeVariables = writeVariables;
    }
  }

  private final EnvironmentRoutes environments;

  ValueOwners(EnvironmentRoutes environments) {
    this.environments = environments;
  }

  /**
   * Adds a route.
   *
   * @param handler gets the path of the environment or repository
   */
  void add(
      GitHubRoutes routes,
      Kind kind,
      String method,
      String path,
      GitHubRight right,
      BiFunction<Request, String, Response> handler) {
    if (kind == Kind.ENVIRONMENT) {
      environments.add(
          routes, method, path, right, (call, in) -> handler.apply(call.request(), in.path()));
    } else {
      routes.add(
          method,
          "/actions" + path,
          right,
          call -> handler.apply(call.request(), call.repository().path()));
    }
  }
}
