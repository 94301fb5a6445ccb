package mlops.emulator.ml.resource;

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

/**
 * The operations that Azure takes a while for. Here they are done at once, and clients are still
 * told where to look: azure-ai-ml cannot read a deployment that a PUT itself answers with.
 */
public final class LongRunningOperations {
  private final MlResources resources;

  public LongRunningOperations(MlResources resources) {
    this.resources = resources;
  }

  public List<Route> routes() {
    return List.of(route("mfeOperationsStatus"), route("computeOperationsStatus"));
  }

  private Route route(String kind) {
    String path = MlPaths.LOCATION + "/" + kind + "/{operation}";
    return Route.of("GET", Route.ARM, path, Permission.signedIn(Audiences.ARM), this::status);
  }

  /** Answers to PUTs that name the operation that made the resource. */
  public WorkspaceCollection.Answer done(String kind) {
    return (request, status, made) -> done(request, status, made, kind);
  }

  private Response done(Request request, int status, ObjectNode made, String kind) {
    String operation = UUID.randomUUID().toString();
    String id =
        MlPaths.LOCATION
                .replace("{subscription}", request.parameter("subscription"))
                .replace("{location}", made.path("location").asText())
            + "/"
            + kind
            + "/"
            + operation;
    resources
        .state()
        .write(id, Json.object().put("id", id).put("name", operation).put("status", "Succeeded"));
    String version = request.queryValue("api-version").orElse("");
    return Response.json(status, made)
        .with("Azure-AsyncOperation", "https://" + Route.ARM + id + "?api-version=" + version)
        .with("Retry-After", "1")
        .with("x-ms-retry-after-ms", "1"); // for clients that know it: it has ended already
  }

  private Response status(Request request) {
    return Response.json(
        200,
        resources
            .read(request.id())
            .orElseThrow(
                () -> ApiException.notFound("NotFound", "There is no operation " + request.id())));
  }
}
