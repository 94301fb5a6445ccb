package mlops.emulator.ml.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import mlops.emulator.http.Json;
import mlops.emulator.http.Permission;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.ml.job.JobView;
import mlops.emulator.ml.job.Jobs;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.Pages;

/** The scoring jobs of an endpoint or of one of its deployments, on the region's data plane. */
public final class BatchJobList {
  private static final String ENDPOINT = "/mferp/managementfrontend" + BatchEndpoints.PATH;
  private static final String DEPLOYMENT = ENDPOINT + "/deployments/{deployment}";

  private final MlResources resources;
  private final JobView view;

  public BatchJobList(MlResources resources, JobView view) {
    this.resources = resources;
    this.view = view;
  }

  public List<Route> routes() {
    Permission ofEndpoint = Permission.action(BatchEndpoints.ACTION + "jobs/read");
    Permission ofDeployment = Permission.action(BatchEndpoints.ACTION + "deployments/jobs/read");
    return List.of(
        Route.of("GET", MlPaths.API_HOST, ENDPOINT + "/jobs", ofEndpoint, this::list),
        Route.of("GET", MlPaths.API_HOST, ENDPOINT + "/jobs/{job}", ofEndpoint, this::get),
        Route.of("GET", MlPaths.API_HOST, DEPLOYMENT + "/jobs", ofDeployment, this::list),
        Route.of("GET", MlPaths.API_HOST, DEPLOYMENT + "/jobs/{job}", ofDeployment, this::get));
  }

  private Response list(Request request) {
    String scope = scope(request);
    String workspace = MlPaths.workspaceId(request);
    return Pages.of(
        request,
        resources.state().list(workspace + "/jobs").stream()
            .sorted(JobView.newestFirst())
            .flatMap(job -> show(workspace, job, scope).stream())
            .toList());
  }

  private Response get(Request request) {
    String scope = scope(request);
    String name = request.parameter("job");
    String workspace = MlPaths.workspaceId(request);
    return Response.json(
        200,
        resources
            .read(workspace + "/jobs/" + name)
            .flatMap(job -> show(workspace, job, scope))
            .orElseThrow(() -> Jobs.notFound(name)));
  }

  /** A job, if it is a scoring job of what the request names. */
  private Optional<ObjectNode> show(String workspace, ObjectNode job, String scope) {
    return resources
        .read(workspace + "/batchjobs/" + job.path("name").asText())
        .filter(b -> (b.path("deploymentId").asText() + "/").startsWith(scope + "/"))
        .map(
            batch -> {
              ObjectNode shown = view.of(job);
              JsonNode deployment =
                  resources
                      .read(batch.path("deploymentId").asText())
                      .map(JsonNode.class::cast)
                      .orElse(Json.object());
              String status = shown.at("/properties/status").asText();
              return BatchJobView.of(shown, batch, deployment, status);
            });
  }

  /** The endpoint or deployment of the request, which must be there. */
  private String scope(Request request) {
    resources.workspace(request);
    String endpoint =
        MlPaths.workspaceId(request) + "/batchEndpoints/" + request.parameter("endpoint");
    if (resources.read(endpoint).isEmpty()) {
      throw BatchEndpoints.notFound(endpoint);
    }
    return request.parameters().containsKey("deployment")
        ? endpoint + "/deployments/" + request.parameter("deployment")
        : endpoint;
  }
}
