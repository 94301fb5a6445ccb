package mlops.emulator.github.api;

import java.util.List;
import mlops.emulator.github.route.GitHubRight;
import mlops.emulator.github.route.GitHubRoutes;
import mlops.emulator.github.route.Page;

/** Workflows and their runs. Nothing starts any yet, so there are none; to start one is a 501. */
final class RunRoutes {

  static void addTo(GitHubRoutes routes) {
    addEmpty(routes, "/actions/runs", "workflow_runs");
    addEmpty(routes, "/actions/workflows", "workflows");
  }

  private static void addEmpty(GitHubRoutes routes, String path, String member) {
    routes.add(
        "GET", path, GitHubRight.READ_ACTIONS, call -> Page.of(call.request(), member, List.of()));
  }

  private RunRoutes() {}
}
