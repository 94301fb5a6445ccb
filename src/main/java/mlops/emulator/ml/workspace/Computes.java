package mlops.emulator.ml.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.ml.resource.LongOperations;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.ResourceIdentity;

/** Microsoft.MachineLearningServices/workspaces/computes: clusters that jobs run on. */
public final class Computes {
  private static final String COLLECTION = MlPaths.WORKSPACE + "/computes";
  private static final String PATH = COLLECTION + "/{compute}";
  private static final String TYPE = MlPaths.TYPE + "/computes";
  private static final String ACTION = MlPaths.ACTION + "computes/";

  private final MlResources resources;
  private final ResourceIdentity identities;
  private final ComputeDocument document;
  private final LongOperations operations;

  public Computes(MlResources resources, ResourceIdentity identities, LongOperations operations) {
    this.resources = resources;
    this.identities = identities;
    this.document = new ComputeDocument(resources);
    this.operations = operations;
  }

  public List<Route> routes() {
    return List.of(
        Route.arm("PUT", PATH, ACTION + "write", this::createOrUpdate),
        Route.arm("PATCH", PATH, ACTION + "write", this::update),
        Route.arm("GET", PATH, ACTION + "read", this::get),
        Route.arm("DELETE", PATH, ACTION + "delete", this::delete),
        Route.arm("GET", COLLECTION, ACTION + "read", this::list),
        Route.arm("POST", PATH + "/listNodes", ACTION + "listNodes/action", this::listNodes));
  }

  private Response createOrUpdate(Request request) {
    ObjectNode body = MlPaths.withoutNulls(request.json());
    body.set("properties", MlPaths.properties(request));
    String id = request.id();
    return resources
        .state()
        .exclusively(
            () -> {
              ObjectNode workspace = resources.workspace(request);
              JsonNode old = resources.read(id).map(JsonNode.class::cast).orElse(Json.object());
              ObjectNode compute = document.of(id, body, old);
              compute.put(
                  "location", body.path("location").asText(workspace.path("location").asText()));
              if (body.has("identity")) {
                JsonNode identity = body.get("identity");
                compute.set("identity", identities.assign(id, identity, old.path("identity")));
              }
              ObjectNode made = resources.put(id, TYPE, request.caller(), compute);
              return operations.done(
                  request, old.isEmpty() ? 201 : 200, made, "computeOperationsStatus");
            });
  }

  private Response update(Request request) {
    return resources.update(
        request,
        this::find,
        (compute, properties) -> document.scale(compute, properties.path("properties")));
  }

  private Response get(Request request) {
    return Response.json(200, find(request));
  }

  private Response list(Request request) {
    resources.workspace(request);
    return ArmResources.page(resources.state().list(request.id()));
  }

  /** Deletes, or with {@code underlyingResourceAction=Detach} forgets, which is the same here. */
  private Response delete(Request request) {
    String action = request.queryValue("underlyingResourceAction").orElse("");
    if (!action.equalsIgnoreCase("Delete") && !action.equalsIgnoreCase("Detach")) {
      throw ApiException.badRequest(
          "BadRequest", "The query parameter underlyingResourceAction must be Delete or Detach.");
    }
    return resources.delete(request, identities::delete);
  }

  /** A cluster has a node for each job that runs on it; between jobs it has its minimum. */
  private Response listNodes(Request request) {
    String path = request.id();
    JsonNode compute = find(request, path.substring(0, path.lastIndexOf('/')));
    ObjectNode nodes = Json.object();
    nodes.putArray("nodes");
    int minimum = compute.at("/properties/properties/scaleSettings/minNodeCount").asInt();
    for (int i = 0; i < minimum; i++) {
      nodes
          .withArray("nodes")
          .addObject()
          .put("nodeId", "tvmps_%s_%d".formatted(request.parameter("compute"), i))
          .put("privateIpAddress", "10.0.0." + (4 + i % 250))
          .put("nodeState", "idle");
    }
    return Response.json(200, nodes);
  }

  private ObjectNode find(Request request) {
    return find(request, request.id());
  }

  private ObjectNode find(Request request, String id) {
    resources.workspace(request);
    return resources
        .read(id)
        .orElseThrow(
            () ->
                ApiException.notFound(
                    "ComputeTargetNotFound",
                    "Compute '%s' was not found in workspace '%s'."
                        .formatted(request.parameter("compute"), request.parameter("workspace"))));
  }
}
