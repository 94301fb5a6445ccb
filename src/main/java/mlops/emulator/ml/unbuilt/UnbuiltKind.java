package mlops.emulator.ml.unbuilt;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Permission;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.ml.resource.MlResources;

/**
 * A kind of resource of which there is none: its list is empty, nothing in it is found, and who
 * would make one is told so.
 *
 * @param type such as {@code Microsoft.MachineLearningServices/workspaces/schedules}, which its
 *     RBAC actions begin with
 * @param collection the template of its list
 * @param refusal what is not here, and the way out
 */
record UnbuiltKind(String type, String collection, String refusal) {

  List<Route> routes(MlResources resources) {
    String one = collection + "/{name}";
    List<Route> routes = new ArrayList<>();
    routes.add(Route.arm("GET", collection, type + "/read", r -> none(resources, r)));
    routes.add(Route.arm("DELETE", one, type + "/delete", r -> gone(resources, r)));
    for (String path : List.of(one, one + "/{*below}")) {
      routes.add(refuse("PUT", path, "write", r -> ApiException.notImplemented(refusal)));
    }
    routes.add(refuse("GET", one, "read", r -> missing(resources, r)));
    routes.add(refuse("PATCH", one, "write", r -> missing(resources, r)));
    for (String method : List.of("GET", "POST")) {
      String right = method.equals("GET") ? "read" : "write";
      routes.add(refuse(method, one + "/{*below}", right, r -> missing(resources, r)));
    }
    return routes;
  }

  private Route refuse(
      String method, String path, String right, Function<Request, ApiException> failure) {
    return Route.unbuilt(method, Route.ARM, path, Permission.action(type + "/" + right), failure);
  }

  private Response none(MlResources resources, Request request) {
    resources.workspace(request);
    return ArmResources.page(List.of());
  }

  private Response gone(MlResources resources, Request request) {
    resources.workspace(request);
    return Response.empty(204);
  }

  /** What lies below a resource is missing because the resource is. */
  private ApiException missing(MlResources resources, Request request) {
    resources.workspace(request);
    String id = request.id();
    String below = request.parameters().get("below");
    return resources
        .arm()
        .notFound(below == null ? id : id.substring(0, id.length() - below.length() - 1));
  }
}
