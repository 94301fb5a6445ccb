package mlops.emulator.ml.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.ml.job.JobView;
import mlops.emulator.ml.resource.LongOperations;
import mlops.emulator.ml.resource.MlNames;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.Pages;

/** …/batchEndpoints/deployments: a model, and how an endpoint scores with it. */
public final class BatchDeployments {
  private static final String COLLECTION = BatchEndpoints.PATH + "/deployments";
  private static final String PATH = COLLECTION + "/{deployment}";
  private static final String TYPE = BatchEndpoints.TYPE + "/deployments";
  private static final String ACTION = BatchEndpoints.ACTION + "deployments/";

  private final MlResources resources;
  private final DeploymentDocument document;
  private final LongOperations operations;

  public BatchDeployments(
      MlResources resources, DeploymentDocument document, LongOperations operations) {
    this.resources = resources;
    this.document = document;
    this.operations = operations;
  }

  public List<Route> routes() {
    return List.of(
        Route.arm("PUT", PATH, ACTION + "write", this::createOrUpdate),
        Route.arm("PATCH", PATH, ACTION + "write", this::update),
        Route.arm("GET", PATH, ACTION + "read", r -> Response.json(200, find(r))),
        Route.arm("DELETE", PATH, ACTION + "delete", this::delete),
        Route.arm("GET", COLLECTION, ACTION + "read", this::list));
  }

  private Response createOrUpdate(Request request) {
    ObjectNode body = MlPaths.withoutNulls(request.json());
    body.set("properties", MlPaths.properties(request));
    String id = request.id();
    return resources
        .state()
        .exclusively(
            () -> {
              JsonNode workspace = resources.workspace(request);
              requireEndpoint(id);
              MlNames.check(request.parameter("deployment"));
              Optional<ObjectNode> old = resources.read(id);
              ObjectNode deployment = MlResources.tracked(workspace, body);
              JsonNode asked = body.path("properties");
              deployment.set("properties", document.of(MlPaths.workspaceId(request), asked));
              ObjectNode kept = resources.put(id, TYPE, request.caller(), deployment);
              return operations.done(
                  request, old.isPresent() ? 200 : 201, kept, "mfeOperationsStatus");
            });
  }

  private Response update(Request request) {
    return resources.update(request, this::find, BatchDeployments::describe);
  }

  private static void describe(ObjectNode deployment, JsonNode properties) {
    JsonNode description = properties.path("description");
    if (description.isTextual()) {
      deployment.withObject("properties").set("description", description);
    }
  }

  private ObjectNode find(Request request) {
    resources.workspace(request);
    requireEndpoint(request.id());
    return resources.read(request.id()).orElseThrow(() -> notFound(request.id()));
  }

  static ApiException notFound(String id) {
    String endpoint = endpointOf(id);
    return ApiException.notFound("NotFound", "The specified resource was not found.")
        .withDetail(
            "NoSuchDeployment",
            "There is no deployment with name: %s in endpoint %s"
                .formatted(MlPaths.name(id), MlPaths.name(endpoint)));
  }

  private Response delete(Request request) {
    return resources.delete(request, this::remove);
  }

  /** First the endpoint forgets it as its default: it must not name what is gone. */
  private void remove(ObjectNode deployment) {
    String id = endpointOf(deployment.path("id").asText());
    ObjectNode endpoint = resources.read(id).orElseThrow(() -> BatchEndpoints.notFound(id));
    String standard = endpoint.at("/properties/defaults/deploymentName").asText();
    if (standard.equals(deployment.path("name").asText())) {
      endpoint.withObject("properties").putObject("defaults");
      resources.state().write(id, endpoint);
    }
    resources.state().delete(deployment.path("id").asText());
  }

  private Response list(Request request) {
    resources.workspace(request);
    requireEndpoint(request.id());
    return Pages.of(
        request,
        resources.state().list(request.id()).stream().sorted(JobView.newestFirst()).toList());
  }

  private void requireEndpoint(String id) {
    String endpoint = endpointOf(id);
    if (resources.read(endpoint).isEmpty()) {
      throw BatchEndpoints.notFound(endpoint);
    }
  }

  /** The endpoint of a deployment, or of the collection of its deployments. */
  static String endpointOf(String id) {
    int end = id.indexOf("/deployments");
    return end < 0 ? id : id.substring(0, end);
  }
}
