package mlops.emulator.github.workflow;

import com.azure.core.util.BinaryData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import mlops.emulator.github.account.Repository;
import mlops.emulator.github.actions.GitHubActions;
import mlops.emulator.github.actions.RunJob;
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
  private static final String ALL = "all";

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
    routes.add("GET", "/actions/runs/{run}/logs", read, this::ofRun);
  }

  List<Route> downloads() {
    return List.of(
        Route.of("GET", LogLinks.HOST, DOWNLOAD, Permission.byHandler(), this::download));
  }

  private Response ofJob(Call call) {
    RunFinder.Found found = finder.job(call);
    Path log = log(call.repository(), found.run(), found.job());
    return redirect(call, found.run(), String.valueOf(found.job().number()), Files.exists(log));
  }

  /** Logs are there when all is over, as on GitHub. */
  private Response ofRun(Call call) {
    WorkflowRun run = finder.run(call);
    return redirect(call, run, ALL, run.hasEnded());
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
    try {
      return request.parameter("job").equals(ALL)
          ? archive(repository, run)
          : Response.of(
              200,
              "text/plain; charset=utf-8",
              BinaryData.fromFile(
                  actions
                      .runs()
                      .log(repository, run.number(), Long.parseLong(request.parameter("job")))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file for each job, in the order of the run; {@code gh} finds those of steps in folders. */
  private Response archive(Repository repository, WorkflowRun run) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      int at = 0;
      for (RunJob job : run.jobs()) {
        Path log = log(repository, run, job);
        if (Files.exists(log)) {
          String name = job.name().replaceAll("[/\\\\:]", "");
          zip.putNextEntry(new ZipEntry("%d_%s.txt".formatted(at++, name)));
          Files.copy(log, zip);
          zip.closeEntry();
        }
      }
    }
    return Response.of(200, "application/zip", BinaryData.fromBytes(bytes.toByteArray()));
  }

  private Path log(Repository repository, WorkflowRun run, RunJob job) {
    return actions.runs().log(repository, run.number(), job.number());
  }
}
