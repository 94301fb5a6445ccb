package mlops.emulator.ml.compute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Permission;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.ml.resource.LongRunningOperations;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.ResourceIdentities;
import mlops.emulator.ml.resource.WorkspaceCollection;

/** Microsoft.MachineLearningServices/workspaces/computes: clusters that jobs run on. */
public final class Computes {
  private static final String PATH = MlPaths.WORKSPACE + "/computes/{compute}";
  private static final String TYPE = MlPaths.TYPE + "/computes";

  /** What can be done to compute instances and attached computes, which are not here. */
  private static final List<String> OF_INSTANCES =
      List.of(
          "start",
          "stop",
          "restart",
          "listKeys",
          "resize",
          "enableSso",
          "updateDataMounts",
          "updateIdleShutdownSetting");

  private final ResourceIdentities identities;
  private final ComputeDocument document;
  private final LongRunningOperations operations;
  private final WorkspaceCollection computes;

  public Computes(
      MlResources resources,
      ResourceIdentities identities,
      LongRunningOperations operations,
      ComputeQuota quota) {
    this.identities = identities;
    this.document = new ComputeDocument(resources, quota);
    this.operations = operations;
    this.computes = new WorkspaceCollection(resources, PATH, TYPE, Computes::notFound, id -> {});
  }

  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    OF_INSTANCES.forEach(action -> routes.add(ofInstances(action)));
    routes.addAll(ofClusters());
    return routes;
  }

  private List<Route> ofClusters() {
    return List.of(
        computes.createOrUpdate(this::content, operations.done("computeOperationsStatus")),
        computes.update(
            (compute, sent) -> document.scale(compute, sent.at("/properties/properties"))),
        computes.get(),
        computes.delete(Computes::requireAction, identities::delete),
        computes.list((request, all) -> all),
        Route.arm("POST", PATH + "/listNodes", TYPE + "/listNodes/action", this::listNodes));
  }

  private Route ofInstances(String action) {
    return Route.unbuilt(
        "POST",
        Route.ARM,
        PATH + "/" + action,
        Permission.action(TYPE + "/" + action + "/action"),
        r -> {
          computes.find(r, ArmResources.parent(r.id()));
          return ApiException.badRequest(
              "BadRequest",
              "The operation '%s' is not supported for computes of type AmlCompute, such as '%s': a cluster starts and stops its nodes by itself."
                  .formatted(action, r.parameter("compute")));
        });
  }

  private ObjectNode content(
      Request request, ObjectNode workspace, ObjectNode body, Optional<ObjectNode> old) {
    JsonNode before = old.map(JsonNode.class::cast).orElse(Json.object());
    ObjectNode compute = document.of(request.id(), body, before);
    compute.put("location", body.path("location").asText(workspace.path("location").asText()));
    if (body.has("identity")) {
      compute.set(
          "identity",
          identities.assign(request.id(), body.get("identity"), before.path("identity")));
    }
    return compute;
  }

  /** {@code Detach} forgets a compute, which is the same here as {@code Delete}. */
  private static void requireAction(Request request) {
    String action = request.queryValue("underlyingResourceAction").orElse("");
    if (!action.equalsIgnoreCase("Delete") && !action.equalsIgnoreCase("Detach")) {
      throw ApiException.badRequest(
          "BadRequest", "The query parameter underlyingResourceAction must be Delete or Detach.");
    }
  }

  /** A cluster has a node for each job that runs on it; between jobs it has its minimum. */
  private Response listNodes(Request request) {
    JsonNode compute = computes.find(request, ArmResources.parent(request.id()));
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

  private static ApiException notFound(String id) {
    return ApiException.notFound(
        "ComputeTargetNotFound",
        "Compute '%s' was not found in workspace '%s'."
            .formatted(MlPaths.name(id), MlPaths.name(MlPaths.workspaceOf(id))));
  }
}
