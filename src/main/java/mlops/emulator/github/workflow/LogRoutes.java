package mlops.emulator.github.workflow;

import com.azure.core.util.BinaryData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mlops.emulator.github.account.Repository;
import mlops.emulator.github.actions.GitHubActions;
import mlops.emulator.github.actions.WorkflowRun;
import mlops.emulator.github.route.GitHubErrors;
import mlops.emulator.github.route.GitHubRight;
import mlops.emulator.github.route.GitHubRoutes;
import mlops.emulator.github.route.GitHubRoutes.Call;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Permission;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;

/** The logs of jobs, of each as text and of a whole run as an archive: by a link. */
final class LogRoutes {
  private static final String DOWNLOAD = "/logs/{repository}/{run}/{job}";
  private static final String ATTEMPT = "attempt-";

  private final GitHubActions actions;
  private final LogLinks links;
  private final RunFinder finder;

  LogRoutes(GitHubActions actions, LogLinks links) {
    this.actions = actions;
    this.links = links;
    this.finder = new RunFinder(actions);
  }

  void addTo(GitHubRoutes routes) {
    GitHubRight read = GitHubRight.READ_ACTIONS;
    routes.add("GET", "/actions/jobs/{job}/logs", read, this::ofJob);
    routes.add("GET", "/actions/runs/{run}/logs", read, c -> ofRun(c, finder.run(c)));
    routes.add(
        "GET",
        "/actions/runs/{run}/attempts/{attempt}/logs",
        read,
        c -> ofRun(c, finder.attempt(c)));
  }

  List<Route> downloads() {
    return List.of(
        Route.of("GET", LogLinks.HOST, DOWNLOAD, Permission.byHandler(), this::download));
  }

  private Response ofJob(Call call) {
    RunFinder.Found found = finder.job(call);
    Path log = actions.runs().log(call.repository(), found.run().number(), found.job().number());
    return redirect(call, found.run(), String.valueOf(found.job().number()), Files.exists(log));
  }

  /** Logs are there when all is over, as on GitHub. */
  private Response ofRun(Call call, WorkflowRun run) {
    return redirect(call, run, ATTEMPT + run.attempt(), run.hasEnded());
  }

  private Response redirect(Call call, WorkflowRun run, String which, boolean there) {
    if (!there) {
      throw GitHubErrors.notFound();
    }
    String path = "/logs/%d/%d/%s".formatted(call.repository().number(), run.number(), which);
    return Response.empty(302).with("Location", links.to(path));
  }

  private Response download(Request request) {
    if (!links.isGood(request)) {
      throw new ApiException(401, "AuthenticationFailed", "This link is no longer good.");
    }
    Repository repository =
        actions
            .directory()
            .repository(Long.parseLong(request.parameter("repository")))
            .orElseThrow(GitHubErrors::notFound);
    WorkflowRun run =
        actions
            .runs()
            .find(repository, Long.parseLong(request.parameter("run")))
            .orElseThrow(GitHubErrors::notFound);
    String which = request.parameter("job");
    try {
      return which.startsWith(ATTEMPT)
          ? archive(repository, run, Integer.parseInt(which.substring(ATTEMPT.length())))
          : Response.of(
              200,
              "text/plain; charset=utf-8",
              BinaryData.fromFile(
                  actions.runs().log(repository, run.number(), Long.parseLong(which))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Response archive(Repository repository, WorkflowRun run, int attempt) throws IOException {
    WorkflowRun wanted =
        actions.runs().attempt(repository, run, attempt).orElseThrow(GitHubErrors::notFound);
    byte[] zip = new LogArchive(actions.runs(), repository).of(wanted);
    return Response.of(200, "application/zip", BinaryData.fromBytes(zip));
  }
}
