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
import mlops.emulator.github.actions.RunArtifact;
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
import mlops.emulator.state.Folders;

/** What runs left behind: described, and as an archive by a link. */
final class RunArtifactRoutes {
  private static final String DOWNLOAD = "/artifacts/{repository}/{artifact}";
  private static final String ONE = "/actions/artifacts/{artifact}";

  private record Found(WorkflowRun run, RunArtifact artifact) {}

  private final GitHubActions actions;
  private final ActionsDocuments documents;
  private final LogLinks links;

  RunArtifactRoutes(GitHubActions actions, ActionsDocuments documents, LogLinks links) {
    this.actions = actions;
    this.documents = documents;
    this.links = links;
  }

  void addTo(GitHubRoutes routes) {
    GitHubRight read = GitHubRight.READ_ACTIONS;
    routes.add("GET", ONE, read, this::get);
    routes.add("GET", ONE + "/zip", read, this::zip);
  }

  Route download() {
    return Route.of("GET", LogLinks.HOST, DOWNLOAD, Permission.byHandler(), this::download);
  }

  private Response get(Call call) {
    Found found = find(call.repository(), call.request());
    return Response.json(200, documents.of(call.repository(), found.artifact()));
  }

  private Response zip(Call call) {
    long artifact = find(call.repository(), call.request()).artifact().number();
    String path = "/artifacts/%d/%d".formatted(call.repository().number(), artifact);
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
    Found found = find(repository, request);
    Path folder =
        actions.runs().artifact(repository, found.run().number(), found.artifact().name());
    try {
      return Response.of(200, "application/zip", BinaryData.fromBytes(packed(folder)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] packed(Path folder) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      List<Path> files = Folders.files(folder);
      for (Path file : files) {
        zip.putNextEntry(new ZipEntry(folder.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, zip);
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private Found find(Repository repository, Request request) {
    String number = request.parameter("artifact");
    return actions.runs().all(repository).stream()
        .flatMap(run -> run.artifacts().stream().map(a -> new Found(run, a)))
        .filter(found -> String.valueOf(found.artifact().number()).equals(number))
        .findFirst()
        .orElseThrow(GitHubErrors::notFound);
  }
}
