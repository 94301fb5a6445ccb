package mlops.emulator.ml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;

/** …/batchEndpoints/deployments: a model, and how an endpoint scores with it. */
final class BatchDeployments {
  private static final String COLLECTION = BatchEndpoints.PATH + "/deployments";
  private static final String PATH = COLLECTION + "/{deployment}";
  private static final String TYPE = BatchEndpoints.TYPE + "/deployments";
  private static final String ACTION = BatchEndpoints.ACTION + "deployments/";

  private final MlResources resources;
  private final DeploymentDocument document;
  private final LongOperations operations;

  BatchDeployments(MlResources resources, DeploymentDocument document, LongOperations operations) {
    this.resources = resources;
    this.document = document;
    this.operations = operations;
  }

  List<Route> routes() {
    return List.of(
        Route.arm("PUT", PATH, ACTION + "write", this::createOrUpdate),
        Route.arm("PATCH", PATH, ACTION + "write", this::update),
        Route.arm("GET", PATH, ACTION + "read", this::get),
        Route.arm("DELETE", PATH, ACTION + "delete", this::delete),
        Route.arm("GET", COLLECTION, ACTION + "read", this::list));
  }

  private Response createOrUpdate(Request request) {
    ObjectNode body = Ml.withoutNulls(request.json());
    body.set("properties", Ml.properties(request));
    String id = request.id();
    return resources
        .state()
        .exclusively(
            () -> {
              JsonNode workspace = resources.workspace(request);
              requireEndpoint(id);
              Names.check(request.parameter("deployment"));
              Optional<ObjectNode> old = resources.read(id);
              ObjectNode deployment = Json.object();
              deployment.put(
                  "location", body.path("location").asText(workspace.path("location").asText()));
              deployment.set(
                  "tags", body.path("tags").isObject() ? body.get("tags") : Json.object());
              JsonNode asked = body.path("properties");
              deployment.set("properties", document.of(Ml.workspaceId(request), asked));
              ObjectNode kept = resources.put(id, TYPE, request.caller(), deployment);
              return operations.done(
                  request, old.isPresent() ? 200 : 201, kept, "mfeOperationsStatus");
            });
  }

  private Response update(Request request) {
    ObjectNode body = Ml.withoutNulls(request.json());
    return resources
        .state()
        .exclusively(
            () -> {
              ObjectNode deployment = find(request);
              if (body.path("tags").isObject()) {
                deployment.set("tags", body.get("tags"));
              }
              JsonNode description = body.path("properties").path("description");
              if (description.isTextual()) {
                deployment.withObject("properties").set("description", description);
              }
              deployment.set("systemData", resources.systemData(request.id(), request.caller()));
              resources.state().write(request.id(), deployment);
              return Response.json(200, deployment);
            });
  }

  private Response get(Request request) {
    return Response.json(200, find(request));
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
                .formatted(Ml.name(id), Ml.name(endpoint)));
  }

  /** Deletes; an endpoint whose default it was has none then. */
  private Response delete(Request request) {
    return resources
        .state()
        .exclusively(
            () -> {
              resources.workspace(request);
              String endpoint = endpointOf(request.id());
              resources
                  .read(endpoint)
                  .filter(
                      e ->
                          e.at("/properties/defaults/deploymentName")
                              .asText()
                              .equals(request.parameter("deployment")))
                  .ifPresent(
                      e -> {
                        e.withObject("properties").putObject("defaults");
                        resources.state().write(endpoint, e);
                      });
              return Response.empty(resources.state().delete(request.id()) ? 200 : 204);
            });
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
