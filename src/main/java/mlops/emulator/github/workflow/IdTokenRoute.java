package mlops.emulator.github.workflow;

import mlops.emulator.github.actions.GitHubActions;
import mlops.emulator.github.actions.IdTokens;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Permission;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;

/** Where a running job asks for a token of OpenID Connect: {@code ACTIONS_ID_TOKEN_REQUEST_URL}. */
final class IdTokenRoute {
  private static final String PATH = "/idtoken/{repository}/{run}/{job}";

  private final GitHubActions actions;

  IdTokenRoute(GitHubActions actions) {
    this.actions = actions;
  }

  Route route() {
    return Route.of("GET", IdTokens.HOST, PATH, Permission.byHandler(), this::issue);
  }

  private Response issue(Request request) {
    String header = request.header("Authorization");
    String shown = header == null ? "" : header.replaceFirst("(?i)^bearer +", "");
    return actions
        .directory()
        .repository(number(request, "repository"))
        .flatMap(
            repository ->
                actions
                    .idTokens()
                    .issue(
                        repository,
                        number(request, "run"),
                        number(request, "job"),
                        shown,
                        request.queryValue("audience")))
        .map(
            token ->
                Response.json(200, Json.object().put("count", token.length()).put("value", token)))
        .orElseThrow(
            () -> new ApiException(401, "Unauthorized", "The job that asks does not run."));
  }

  private static long number(Request request, String name) {
    String text = request.parameter(name);
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
  }
}
