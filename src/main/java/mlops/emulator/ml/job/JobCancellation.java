package mlops.emulator.ml.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.UUID;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Permission;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.login.token.Audiences;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;

/** Ends jobs before they end by themselves, and says when they have ended. */
public final class JobCancellation {
  private static final String RESULTS = MlPaths.LOCATION + "/mfeOperationResults";

  private final MlResources resources;
  private final RunDocuments runs;
  private final JobRunner runner;

  public JobCancellation(MlResources resources, RunDocuments runs, JobRunner runner) {
    this.resources = resources;
    this.runs = runs;
    this.runner = runner;
  }

  public List<Route> routes() {
    return List.of(
        Route.arm(
            "POST",
            MlPaths.WORKSPACE + "/jobs/{job}/cancel",
            MlPaths.ACTION + "jobs/cancel/action",
            this::cancel),
        Route.of(
            "GET",
            Route.ARM,
            RESULTS + "/{operation}",
            Permission.signedIn(Audiences.ARM),
            this::result));
  }

  private Response cancel(Request request) {
    ObjectNode workspace = resources.workspace(request);
    String id = MlPaths.workspaceId(request);
    String name = request.parameter("job");
    String job = id + "/jobs/" + name;
    ObjectNode run = runs.find(id, name).orElseThrow(() -> Jobs.notFound(name));
    if (RunDocuments.hasEnded(run)) {
      throw MlErrors.userError(
          400, "The pipeline run %s is in terminal status, it can't be canceled.".formatted(name));
    }
    if (resources.read(job).isEmpty()) {
      throw MlErrors.userError(
          400, "The run %s is a child of a pipeline; cancel the pipeline.".formatted(name));
    }
    runner.cancel(job);
    String location = workspace.path("location").asText();
    String operation =
        "%s/%s"
            .formatted(
                RESULTS
                    .replace("{subscription}", request.parameter("subscription"))
                    .replace("{location}", location),
                UUID.randomUUID());
    resources.state().write(operation, Json.object().put("workspace", id).put("run", name));
    return accepted(operation + "?api-version=" + request.queryValue("api-version").orElse(""));
  }

  private Response result(Request request) {
    ObjectNode operation =
        resources
            .read(request.id())
            .orElseThrow(
                () -> ApiException.notFound("NotFound", "There is no operation " + request.id()));
    boolean ended =
        runs.find(operation.path("workspace").asText(), operation.path("run").asText())
            .map(RunDocuments::hasEnded)
            .orElse(true);
    return ended
        ? Response.empty(200)
        : accepted(request.id() + "?api-version=" + request.queryValue("api-version").orElse(""));
  }

  private static Response accepted(String path) {
    return Response.empty(202)
        .with("Location", "https://" + Route.ARM + path)
        .with("Retry-After", "1");
  }
}
