package mlops.emulator.ml.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.Pages;

/** Microsoft.MachineLearningServices/workspaces/datastores: where jobs find and leave data. */
public final class Datastores {
  static final String TYPE = MlPaths.TYPE + "/datastores";
  private static final String COLLECTION = MlPaths.WORKSPACE + "/datastores";
  private static final String PATH = COLLECTION + "/{name}";
  private static final String ACTION = MlPaths.ACTION + "datastores/";

  private final MlResources resources;
  private final DatastoreDocument document;
  private final DatastoreSecrets secrets;

  public Datastores(MlResources resources, DatastoreDocument document, DatastoreSecrets secrets) {
    this.resources = resources;
    this.document = document;
    this.secrets = secrets;
  }

  public List<Route> routes() {
    return List.of(
        Route.arm("PUT", PATH, ACTION + "write", this::createOrUpdate),
        Route.arm("GET", PATH, ACTION + "read", r -> Response.json(200, find(r, r.id()))),
        Route.arm("DELETE", PATH, ACTION + "delete", this::delete),
        Route.arm("GET", COLLECTION, ACTION + "read", this::list),
        Route.arm("POST", PATH + "/listSecrets", ACTION + "listSecrets/action", this::listSecrets));
  }

  private Response createOrUpdate(Request request) {
    ObjectNode properties = MlPaths.properties(request);
    boolean validate = !isTrue(request, "skipValidation");
    String id = request.id();
    return resources
        .state()
        .exclusively(
            () -> {
              JsonNode workspace = resources.workspace(request);
              Optional<ObjectNode> old = resources.read(id);
              JsonNode sent = properties.path("credentials").path("secrets").deepCopy();
              ObjectNode content = document.of(id, workspace, properties, validate);
              content.put(
                  "isDefault",
                  old.map(o -> o.at("/properties/isDefault").asBoolean()).orElse(false));
              ObjectNode resource =
                  resources.put(
                      id, TYPE, request.caller(), Json.object().set("properties", content));
              secrets.keep(id, sent);
              return Response.json(old.isPresent() ? 200 : 201, resource);
            });
  }

  private Response delete(Request request) {
    return resources
        .state()
        .exclusively(
            () -> {
              resources.workspace(request);
              boolean isDefault =
                  resources
                      .read(request.id())
                      .map(d -> d.at("/properties/isDefault").asBoolean())
                      .orElse(false);
              if (isDefault) {
                throw MlPaths.userError(
                    400,
                    "The default datastore '%s' of the workspace cannot be deleted."
                        .formatted(request.parameter("name")));
              }
              return Response.empty(resources.state().delete(request.id()) ? 200 : 204);
            });
  }

  private Response list(Request request) {
    resources.workspace(request);
    String wanted = request.queryValue("isDefault").orElse("");
    List<String> names =
        request.queryValue("names").map(n -> List.of(n.split(","))).orElse(List.of());
    String text = request.queryValue("searchText").orElse("");
    return Pages.of(
        request,
        resources.state().list(request.id()).stream()
            .filter(
                d ->
                    wanted.isEmpty()
                        || wanted.equalsIgnoreCase(d.at("/properties/isDefault").asText()))
            .filter(d -> names.isEmpty() || names.contains(d.path("name").asText()))
            .filter(d -> d.path("name").asText().contains(text))
            .toList());
  }

  private Response listSecrets(Request request) {
    String path = request.id();
    String id = path.substring(0, path.lastIndexOf('/'));
    return Response.json(200, secrets.of(find(request, id)));
  }

  private ObjectNode find(Request request, String id) {
    resources.workspace(request);
    return resources.read(id).orElseThrow(() -> notFound(MlPaths.name(id)));
  }

  public static ApiException notFound(String name) {
    return MlPaths.userError(404, "Could not find datastore: %s.".formatted(name));
  }

  private static boolean isTrue(Request request, String name) {
    return request.queryValue(name).orElse("").equalsIgnoreCase("true");
  }
}
