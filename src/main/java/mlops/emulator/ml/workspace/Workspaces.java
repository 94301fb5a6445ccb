package mlops.emulator.ml.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import mlops.emulator.arm.resource.TrackedResources;
import mlops.emulator.arm.resource.TrackedType;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlRequestBody;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.Pages;
import mlops.emulator.ml.resource.ResourceIdentities;

/** Microsoft.MachineLearningServices/workspaces, which stay for a while after they are deleted. */
public final class Workspaces {
  private static final String STATE = "provisioningState";
  private static final List<String> NOT_KEPT = List.of("computes", "batchEndpoints");

  private final MlResources resources;
  private final WorkspaceDocument document;
  private final WorkspaceSetUp setUp;
  private final ResourceIdentities identities;
  private final SoftDeletion deletion;

  public Workspaces(
      MlResources resources,
      WorkspaceDocument document,
      WorkspaceSetUp setUp,
      ResourceIdentities identities) {
    this.resources = resources;
    this.document = document;
    this.setUp = setUp;
    this.identities = identities;
    this.deletion = new SoftDeletion(resources);
  }

  public List<Route> routes() {
    return List.of(
        Route.arm("PUT", MlPaths.WORKSPACE, MlPaths.ACTION + "write", this::createOrUpdate),
        Route.arm("PATCH", MlPaths.WORKSPACE, MlPaths.ACTION + "write", this::update),
        Route.arm("GET", MlPaths.WORKSPACE, MlPaths.ACTION + "read", this::get),
        Route.arm("DELETE", MlPaths.WORKSPACE, MlPaths.ACTION + "delete", this::delete),
        Route.arm("GET", MlPaths.COLLECTION, MlPaths.ACTION + "read", this::list),
        Route.arm("GET", MlPaths.BY_SUBSCRIPTION, MlPaths.ACTION + "read", this::listAll),
        deletion.route());
  }

  private Response createOrUpdate(Request request) {
    ObjectNode body = MlRequestBody.withoutNulls(request.json());
    String id = request.id();
    return resources
        .state()
        .exclusively(
            () -> {
              resources.arm().requireGroup(id);
              deletion.recover(id, body.path("properties"));
              ObjectNode workspace = document.of(request, body);
              if (!isComplete(id)) {
                ObjectNode creating = workspace.deepCopy();
                creating.withObjectProperty("properties").put(STATE, "Creating");
                resources.put(id, MlPaths.TYPE, request.caller(), creating);
                setUp.of(id, request.caller());
              }
              resources.put(id, MlPaths.TYPE, request.caller(), workspace);
              return shown(resources.arm().find(id), request);
            });
  }

  /** Not so where it is new, or where the process that made it died before all was there. */
  private boolean isComplete(String id) {
    return resources
        .read(id)
        .filter(found -> !found.path("properties").path(STATE).asText().equals("Creating"))
        .isPresent();
  }

  private Response update(Request request) {
    ObjectNode body = request.json();
    return resources
        .state()
        .exclusively(
            () -> {
              ObjectNode workspace = resources.arm().find(request);
              document.update(workspace, body);
              workspace.set("systemData", resources.systemData(request.id(), request.caller()));
              resources.state().write(request.id(), workspace);
              return shown(workspace, request);
            });
  }

  private Response get(Request request) {
    return shown(resources.arm().find(request), request);
  }

  private static Response shown(ObjectNode workspace, Request request) {
    return Response.json(200, WorkspaceDocument.shown(workspace, request));
  }

  private Response delete(Request request) {
    boolean purge = request.queryValue("forceToPurge").orElse("").equalsIgnoreCase("true");
    String id = request.id();
    return resources
        .state()
        .exclusively(
            () -> {
              boolean lives = resources.read(id).isPresent();
              if (purge) {
                purge(lives ? id : SoftDeletion.grave(id));
              } else if (lives) {
                NOT_KEPT.forEach(collection -> clear(id, collection));
                deletion.keep(id);
              } else {
                resources.arm().requireGroup(id);
                return Response.empty(204);
              }
              return Response.empty(200);
            });
  }

  private void clear(String id, String collection) {
    for (ObjectNode resource : resources.state().list(id + "/" + collection)) {
      drop(id + "/" + collection + "/" + resource.path("name").asText());
      identities.remove(resource);
    }
  }

  private void purge(String id) {
    Optional<ObjectNode> found = resources.read(id);
    NOT_KEPT.forEach(collection -> clear(id, collection));
    drop(id);
    found.ifPresent(identities::remove);
  }

  private void drop(String id) {
    resources.state().delete(id);
  }

  private Response list(Request request) {
    resources.arm().requireGroup(request.id());
    return page(request, resources.state().list(request.id()));
  }

  private Response listAll(Request request) {
    return page(
        request,
        new TrackedResources(resources.arm(), new TrackedType(MlPaths.TYPE))
            .inSubscription(request.parameter("subscription")));
  }

  private static Response page(Request request, List<ObjectNode> all) {
    return Pages.of(request, all.stream().map(w -> WorkspaceDocument.shown(w, request)).toList());
  }
}
