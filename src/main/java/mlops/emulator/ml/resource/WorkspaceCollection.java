package mlops.emulator.ml.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;

/**
 * The operations that the resource types of a workspace have in common: get, list, create or
 * update, patch, delete. What a type does in its own way is passed in where it makes its routes.
 */
public final class WorkspaceCollection {
  private final MlResources resources;
  private final String path;
  private final String type;
  private final Function<String, ApiException> notFound;
  private final Consumer<String> requireParent;

  /**
   * @param path the template of one resource, whose last segment is its name
   * @param type such as {@code Microsoft.MachineLearningServices/workspaces/computes}, which its
   *     RBAC actions begin with
   * @param notFound the failure to find the resource of an id
   * @param requireParent asks that what an id lies in is there, beside the workspace
   */
  public WorkspaceCollection(
      MlResources resources,
      String path,
      String type,
      Function<String, ApiException> notFound,
      Consumer<String> requireParent) {
    this.resources = resources;
    this.path = path;
    this.type = type;
    this.notFound = notFound;
    this.requireParent = requireParent;
  }

  /** Makes the content of the resource that a PUT asks for; inside {@code exclusively}. */
  @FunctionalInterface
  public interface Content {

    /**
     * What the resource says beside its id, name and type.
     *
     * @param body what was sent, without explicit nulls
     * @param old the resource as it is, if it is there
     */
    ObjectNode of(Request request, ObjectNode workspace, ObjectNode body, Optional<ObjectNode> old);
  }

  /** Words the answer to a PUT whose resource is kept; the status is 201 or 200. */
  @FunctionalInterface
  public interface Answer {
    Response of(Request request, int status, ObjectNode resource);
  }

  public Route createOrUpdate(Content content) {
    return createOrUpdate(content, (request, status, kept) -> Response.json(status, kept));
  }

  public Route createOrUpdate(Content content, Answer answer) {
    return Route.arm("PUT", path, action("write"), r -> createOrUpdate(r, content, answer));
  }

  private Response createOrUpdate(Request request, Content content, Answer answer) {
    ObjectNode body = MlRequestBody.withoutNulls(request.json());
    body.set("properties", MlRequestBody.properties(request));
    String id = request.id();
    return resources
        .state()
        .exclusively(
            () -> {
              ObjectNode workspace = resources.workspace(request);
              requireParent.accept(id);
              Optional<ObjectNode> old = resources.read(id);
              ObjectNode made = content.of(request, workspace, body, old);
              ObjectNode kept = resources.put(id, type, request.caller(), made);
              return answer.of(request, old.isPresent() ? 200 : 201, kept);
            });
  }

  /**
   * PATCH: tags change as a whole.
   *
   * @param change is given the resource and what was sent
   */
  public Route update(BiConsumer<ObjectNode, ObjectNode> change) {
    return Route.arm("PATCH", path, action("write"), r -> update(r, change));
  }

  private Response update(Request request, BiConsumer<ObjectNode, ObjectNode> change) {
    ObjectNode body = MlRequestBody.withoutNulls(request.json());
    return resources
        .state()
        .exclusively(
            () -> {
              ObjectNode resource = find(request, request.id());
              if (body.path("tags").isObject()) {
                resource.set("tags", body.get("tags"));
              }
              change.accept(resource, body);
              resource.set("systemData", resources.systemData(request.id(), request.caller()));
              resources.state().write(request.id(), resource);
              return Response.json(200, resource);
            });
  }

  public Route get() {
    return get(resource -> resource);
  }

  /**
   * GET of one.
   *
   * @param view the resource as a GET shows it
   */
  public Route get(UnaryOperator<ObjectNode> view) {
    return Route.arm(
        "GET", path, action("read"), r -> Response.json(200, view.apply(find(r, r.id()))));
  }

  /**
   * The resource of an id.
   *
   * @throws ApiException 404 in the words of the type
   */
  public ObjectNode find(Request request, String id) {
    resources.workspace(request);
    requireParent.accept(id);
    return resources.read(id).orElseThrow(() -> notFound.apply(id));
  }

  /**
   * GET of all, a page at a time.
   *
   * @param choose those that a request asks for, in their order
   */
  public Route list(BiFunction<Request, List<ObjectNode>, List<ObjectNode>> choose) {
    String collection = path.substring(0, path.lastIndexOf('/'));
    return Route.arm("GET", collection, action("read"), r -> list(r, choose));
  }

  private Response list(
      Request request, BiFunction<Request, List<ObjectNode>, List<ObjectNode>> choose) {
    resources.workspace(request);
    requireParent.accept(request.id());
    return Pages.of(request, choose.apply(request, resources.state().list(request.id())));
  }

  /** DELETE of one with what is below it. */
  public Route delete() {
    return delete(r -> {}, resource -> resources.state().delete(resource.path("id").asText()));
  }

  /**
   * DELETE of what goes in a way of its own.
   *
   * @param precondition refuses a request before the resource is looked for
   * @param removal deletes what is there, and what belongs to it in its order
   */
  public Route delete(Consumer<Request> precondition, Consumer<ObjectNode> removal) {
    return Route.arm("DELETE", path, action("delete"), r -> delete(r, precondition, removal));
  }

  private Response delete(
      Request request, Consumer<Request> precondition, Consumer<ObjectNode> removal) {
    precondition.accept(request);
    return resources
        .state()
        .exclusively(
            () -> {
              resources.workspace(request);
              Optional<ObjectNode> found = resources.read(request.id());
              found.ifPresent(removal);
              return Response.empty(found.isPresent() ? 200 : 204);
            });
  }

  private String action(String what) {
    return type + "/" + what;
  }
}
