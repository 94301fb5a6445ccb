package mlops.emulator.ml.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Permission;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.ml.asset.DatastorePath;
import mlops.emulator.ml.asset.Models;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlRequestBody;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.Pages;

/** The models of a workspace as {@code Model} of azureml-core lists, finds and registers them. */
public final class SdkModels {
  private static final String ASSET = "aml://asset/";
  private static final Set<String> FILTERS =
      Set.of("name", "runid", "count", "latestversiononly", "$skip");

  private final MlResources resources;
  private final Models models;

  public SdkModels(MlResources resources, Models models) {
    this.resources = resources;
    this.models = models;
  }

  public List<Route> routes() {
    return List.of(
        Route.of(
            "GET",
            MlPaths.API_HOST,
            SdkAssets.BASE + "/models",
            Permission.action(MlPaths.ACTION + "models/versions/read"),
            this::list),
        SdkAssets.route("GET", "/models/{id}", "models/versions/read", this::get),
        SdkAssets.route("POST", "/models", "models/versions/write", this::register));
  }

  private Response list(Request request) {
    String workspace = resources.workspace(request).path("id").asText();
    request.query().keySet().stream()
        .filter(key -> !FILTERS.contains(key))
        .findFirst()
        .ifPresent(
            key -> {
              throw ApiException.notImplemented(
                  "The embedded Azure does not list models by '%s'.".formatted(key));
            });
    boolean latest = request.queryValue("latestVersionOnly").filter("true"::equals).isPresent();
    List<ObjectNode> found = new ArrayList<>();
    for (ObjectNode model : models.all(workspace)) {
      models.versions(model.path("id").asText()).stream()
          .limit(latest ? 1 : Long.MAX_VALUE)
          .map(version -> view(model.path("name").asText(), version))
          .filter(v -> same(request, "name", v) && same(request, "runId", v))
          .forEach(found::add);
    }
    return Pages.of(request, found);
  }

  private static boolean same(Request request, String key, JsonNode view) {
    return request.queryValue(key).map(value -> value.equals(view.path(key).asText())).orElse(true);
  }

  private ObjectNode get(Request request) {
    String workspace = resources.workspace(request).path("id").asText();
    String[] id = request.parameter("id").split(":", 2);
    return Optional.of(id)
        .filter(parts -> parts.length == 2 && parts[1].indexOf('/') < 0)
        .flatMap(parts -> models.find(Models.id(workspace, parts[0], parts[1])))
        .map(version -> view(id[0], version))
        .orElseThrow(
            () ->
                MlErrors.userError(
                    404, "ModelNotFound: there is no model '%s'.".formatted(String.join(":", id))));
  }

  /** The next version of a model, of the files of an asset that was made before. */
  private ObjectNode register(Request request) {
    String workspace = resources.workspace(request).path("id").asText();
    ObjectNode body = MlRequestBody.withoutNulls(request.json());
    String name = body.path("name").asText();
    String asset = body.path("url").asText().replaceFirst("^" + ASSET, "");
    String files =
        resources
            .read(SdkAssets.document(workspace, asset.isEmpty() ? "-" : asset))
            .flatMap(SdkAssets::prefix)
            .orElseThrow(
                () ->
                    MlErrors.userError(
                        400, "The model's url '%s' is no asset with files.".formatted(asset)));
    ObjectNode properties = Json.object().put("modelType", "custom_model");
    properties.put("modelUri", DatastorePath.ofArtifact(files).address(workspace));
    properties.put("description", body.path("description").asText());
    properties.set("tags", MlRequestBody.withoutNulls(body.path("kvTags")));
    properties.set("properties", MlRequestBody.withoutNulls(body.path("properties")));
    if (body.has("runId")) {
      properties.put("jobName", body.path("runId").asText());
    }
    return view(
        name, models.createVersion(Models.id(workspace, name), request.caller(), properties));
  }

  private static ObjectNode view(String name, JsonNode version) {
    JsonNode properties = version.path("properties");
    String number = version.path("name").asText();
    String id = name + ":" + number;
    ObjectNode view = Json.object().put("id", id).put("name", name);
    if (number.matches("\\d{1,18}")) {
      view.put("version", Long.parseLong(number));
    }
    view.put("url", ASSET + id).put("mimeType", "application/octet-stream").put("unpack", false);
    view.put("framework", "Custom").put("description", properties.path("description").asText());
    view.put("createdTime", version.at("/systemData/createdAt").asText());
    view.put("modifiedTime", version.at("/systemData/lastModifiedAt").asText());
    view.put("runId", properties.path("jobName").asText());
    view.putArray("datasets"); // the client goes through it unasked
    view.set("kvTags", MlRequestBody.withoutNulls(properties.path("tags")));
    view.set("properties", MlRequestBody.withoutNulls(properties.path("properties")));
    return view;
  }
}
