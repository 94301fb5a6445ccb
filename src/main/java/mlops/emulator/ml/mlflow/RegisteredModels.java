package mlops.emulator.ml.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Route;
import mlops.emulator.ml.asset.Models;
import mlops.emulator.ml.resource.MlPaths;

/**
 * MLflow's registered models, which are the models of the workspace. They are not renamed: their
 * name is part of their id.
 */
public final class RegisteredModels {
  private static final String PATH = "registered-models/";

  private final Models models;

  public RegisteredModels(Models models) {
    this.models = models;
  }

  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.addAll(MlflowRoutes.registry("POST", PATH + "create", "write", this::create));
    routes.addAll(MlflowRoutes.registry("GET", PATH + "get", "read", this::get));
    routes.addAll(MlflowRoutes.registry("PATCH", PATH + "update", "write", this::describe));
    routes.addAll(MlflowRoutes.registry("DELETE", PATH + "delete", "delete", this::delete));
    routes.addAll(MlflowRoutes.registry("GET", PATH + "search", "read", this::search));
    routes.addAll(MlflowRoutes.registry("GET", PATH + "list", "read", this::search));
    routes.addAll(new ModelTags(models, this::find).routes(PATH, "write"));
    String latest = PATH + "get-latest-versions";
    routes.addAll(MlflowRoutes.registry("POST", latest, "versions/read", r -> latest(r, r.json())));
    routes.addAll(
        MlflowRoutes.registry(
            "GET", latest, "versions/read", r -> latest(r, MlflowRoutes.query(r))));
    return routes;
  }

  private ObjectNode create(Request request) {
    JsonNode body = request.json();
    String name = MlflowRoutes.required(body, "name");
    if (models.find(id(request, name)).isPresent()) {
      throw new ApiException(
          400,
          "RESOURCE_ALREADY_EXISTS",
          "Registered Model (name=%s) already exists.".formatted(name));
    }
    ObjectNode properties = Json.object().put("description", body.path("description").asText());
    properties.set("tags", MlflowRoutes.object(body.path("tags")));
    ObjectNode model = models.create(id(request, name), request.caller(), properties);
    return Json.object().set("registered_model", MlflowModelView.model(model, List.of()));
  }

  private ObjectNode get(Request request) {
    return view(find(request, MlflowRoutes.query(request)));
  }

  private ObjectNode view(ObjectNode model) {
    return Json.object().set("registered_model", shown(model));
  }

  private ObjectNode shown(ObjectNode model) {
    return MlflowModelView.model(model, models.versions(model.path("id").asText()));
  }

  private ObjectNode describe(Request request) {
    JsonNode body = request.json();
    String description = body.path("description").asText();
    return view(
        models.update(
            find(request, body), request.caller(), p -> p.put("description", description)));
  }

  private ObjectNode delete(Request request) {
    models.delete(find(request, body(request)).path("id").asText());
    return Json.object();
  }

  private ObjectNode search(Request request) {
    JsonNode query = MlflowRoutes.query(request);
    MlflowFilter filter = MlflowFilter.of(query.path("filter").asText());
    List<ObjectNode> found =
        models.all(MlPaths.workspaceId(request)).stream()
            .filter(m -> filter.accepts((kind, key) -> MlflowModelView.value(m, kind, key)))
            .map(this::shown)
            .toList();
    return MlflowRoutes.page(query, "registered_models", found, 100);
  }

  /** The newest version of each stage that is asked for, of all stages where none is. */
  private ObjectNode latest(Request request, JsonNode asked) {
    ObjectNode model = find(request, asked);
    Set<String> stages = new HashSet<>();
    asked.path("stages").forEach(s -> stages.add(s.asText()));
    ObjectNode answer = Json.object();
    for (JsonNode version : shown(model).path("latest_versions")) {
      if (stages.isEmpty() || stages.contains(version.path("current_stage").asText())) {
        answer.withArrayProperty("model_versions").add(version);
      }
    }
    return answer;
  }

  private ObjectNode find(Request request, JsonNode asked) {
    return find(models, request, asked);
  }

  /**
   * The model that a request names.
   *
   * @throws ApiException 404 in MLflow's words
   */
  static ObjectNode find(Models models, Request request, JsonNode asked) {
    String name = MlflowRoutes.required(asked, "name");
    return models
        .find(id(request, name))
        .orElseThrow(
            () -> MlflowRoutes.missing("Registered Model with name=%s not found".formatted(name)));
  }

  /** What a DELETE says, which some clients put into the query. */
  static JsonNode body(Request request) {
    return request.hasBody() ? request.json() : MlflowRoutes.query(request);
  }

  private static String id(Request request, String name) {
    if (name.indexOf('/') >= 0) {
      throw MlflowRoutes.invalid("Invalid model name: '%s'.".formatted(name));
    }
    return Models.id(MlPaths.workspaceId(request), name);
  }
}
