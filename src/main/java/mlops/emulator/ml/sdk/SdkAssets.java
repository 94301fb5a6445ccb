package mlops.emulator.ml.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.http.Json;
import mlops.emulator.http.Permission;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.ml.asset.DatastorePath;
import mlops.emulator.ml.asset.Models;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;

/**
 * Assets of the SDK of version 1: named lists of artifacts. A model has one without being asked,
 * for its files.
 */
public final class SdkAssets {
  static final String BASE = "/modelmanagement/v1.0" + MlPaths.WORKSPACE;

  private static final Pattern OF_MODEL = Pattern.compile("([^:/]+):([^:/]+)");

  private final MlResources resources;
  private final Models models;

  public SdkAssets(MlResources resources, Models models) {
    this.resources = resources;
    this.models = models;
  }

  public List<Route> routes() {
    return List.of(
        route("POST", "/assets", "models/versions/write", this::create),
        route("GET", "/assets/{id}", "models/versions/read", this::get));
  }

  static Route route(
      String method, String path, String action, Function<Request, ObjectNode> answer) {
    return Route.of(
        method,
        MlPaths.API_HOST,
        BASE + path,
        Permission.action(MlPaths.ACTION + action),
        request -> Response.json(200, answer.apply(request)));
  }

  private ObjectNode create(Request request) {
    String workspace = resources.workspace(request).path("id").asText();
    ObjectNode asset = request.json();
    if (asset.path("name").asText().isEmpty()) {
      throw MlErrors.userError(400, "An asset must have a name.");
    }
    String id = UUID.randomUUID().toString();
    asset.put("id", id).put("createdTime", resources.now().toString());
    resources.state().write(document(workspace, id), asset);
    return asset;
  }

  private ObjectNode get(Request request) {
    String workspace = resources.workspace(request).path("id").asText();
    String id = request.parameter("id");
    return find(workspace, id)
        .orElseThrow(
            () -> MlErrors.userError(404, "There is no asset with the id '%s'.".formatted(id)));
  }

  /** An asset by its id, which for a model is {@code NAME:VERSION}. */
  private Optional<ObjectNode> find(String workspace, String id) {
    Matcher model = OF_MODEL.matcher(id);
    return model.matches()
        ? models.find(Models.id(workspace, model.group(1), model.group(2))).map(v -> files(id, v))
        : resources.read(document(workspace, id));
  }

  private static ObjectNode files(String id, JsonNode version) {
    ObjectNode asset = Json.object().put("id", id).put("name", id);
    asset.put("createdTime", version.at("/systemData/createdAt").asText());
    DatastorePath.ofAddress(version.at("/properties/modelUri").asText())
        .map(DatastorePath::artifactPath)
        .ifPresent(prefix -> asset.putArray("artifacts").addObject().put("prefix", prefix));
    return asset;
  }

  /** The address of the files of an asset that a client made. */
  static Optional<String> prefix(JsonNode asset) {
    JsonNode first = asset.path("artifacts").path(0);
    return Optional.of(first.path("prefix").asText(first.path("id").asText()))
        .filter(prefix -> !prefix.isEmpty());
  }

  static String document(String workspace, String id) {
    return workspace + "/sdkassets/" + id;
  }
}
