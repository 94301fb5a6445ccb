package mlops.emulator.ml.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Route;
import mlops.emulator.ml.asset.Models;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;

/** The versions of MLflow's registered models, which are those of the models of the workspace. */
public final class ModelVersions {
  private static final String PATH = "model-versions/";
  private static final Set<String> STAGES =
      Set.of(MlflowModelView.NO_STAGE, "Staging", "Production", "Archived");

  private final Models models;
  private final MlflowSources sources;

  public ModelVersions(Models models, MlResources resources) {
    this.models = models;
    this.sources = new MlflowSources(resources);
  }

  public List<Route> routes() {
    String read = "versions/read";
    String write = "versions/write";
    List<Route> routes = new ArrayList<>();
    routes.addAll(MlflowRoutes.registry("POST", PATH + "create", write, this::create));
    routes.addAll(MlflowRoutes.registry("GET", PATH + "get", read, this::get));
    routes.addAll(MlflowRoutes.registry("PATCH", PATH + "update", write, this::describe));
    routes.addAll(
        MlflowRoutes.registry("DELETE", PATH + "delete", "versions/delete", this::delete));
    routes.addAll(MlflowRoutes.registry("GET", PATH + "search", read, this::search));
    routes.addAll(MlflowRoutes.registry("GET", PATH + "get-download-uri", read, this::download));
    routes.addAll(
        MlflowRoutes.registry("POST", PATH + "transition-stage", write, this::transition));
    routes.addAll(new ModelTags(models, this::find).routes(PATH, write));
    return routes;
  }

  private ObjectNode create(Request request) {
    JsonNode body = request.json();
    ObjectNode model = RegisteredModels.find(models, request, body);
    String source = MlflowRoutes.required(body, "source");
    ObjectNode properties = Json.object().put("modelType", "mlflow_model");
    properties.put("modelUri", sources.address(MlPaths.workspaceId(request), source));
    properties.put("description", body.path("description").asText());
    properties.set("tags", MlflowRoutes.object(body.path("tags")));
    if (!body.path("run_id").asText().isEmpty()) {
      properties.put("jobName", body.path("run_id").asText());
    }
    String logged = body.path("model_id").asText(source.replaceFirst("^models:/(?=m-)", ""));
    if (logged.startsWith("m-")) {
      properties.putObject("properties").put(LoggedModels.PROPERTY, logged);
    }
    ObjectNode version =
        models.createVersion(model.path("id").asText(), request.caller(), properties);
    return view(model, version);
  }

  private static ObjectNode view(ObjectNode model, ObjectNode version) {
    return Json.object().set("model_version", MlflowModelView.version(model, version));
  }

  private ObjectNode get(Request request) {
    JsonNode query = MlflowRoutes.query(request);
    return view(RegisteredModels.find(models, request, query), find(request, query));
  }

  private ObjectNode describe(Request request) {
    JsonNode body = request.json();
    ObjectNode model = RegisteredModels.find(models, request, body);
    ObjectNode version = find(models, model, MlflowRoutes.required(body, "version"));
    String description = body.path("description").asText();
    return view(
        model, models.update(version, request.caller(), p -> p.put("description", description)));
  }

  private ObjectNode delete(Request request) {
    models.delete(find(request, RegisteredModels.body(request)).path("id").asText());
    return Json.object();
  }

  private ObjectNode search(Request request) {
    JsonNode query = MlflowRoutes.query(request);
    MlflowFilter filter = MlflowFilter.of(query.path("filter").asText());
    List<ObjectNode> found = new ArrayList<>();
    for (ObjectNode model : models.all(MlPaths.workspaceId(request))) {
      models.versions(model.path("id").asText()).stream()
          .filter(v -> filter.accepts((kind, key) -> MlflowModelView.value(v, kind, key)))
          .forEach(v -> found.add(MlflowModelView.version(model, v)));
    }
    return MlflowRoutes.page(query, "model_versions", found, 10_000);
  }

  private ObjectNode download(Request request) {
    ObjectNode version = find(request, MlflowRoutes.query(request));
    return Json.object().put("artifact_uri", MlflowSources.proxied(version));
  }

  private ObjectNode transition(Request request) {
    JsonNode body = request.json();
    String stage = MlflowRoutes.required(body, "stage");
    if (!STAGES.contains(stage)) {
      throw MlflowRoutes.invalid(
          "Invalid Model Version stage: %s. Value must be one of %s."
              .formatted(stage, String.join(", ", STAGES.stream().sorted().toList())));
    }
    ObjectNode model = RegisteredModels.find(models, request, body);
    ObjectNode version = find(models, model, MlflowRoutes.required(body, "version"));
    if (body.path("archive_existing_versions").asBoolean()) {
      models.versions(model.path("id").asText()).stream()
          .filter(v -> MlflowModelView.stage(v).equals(stage))
          .filter(v -> !v.path("name").equals(version.path("name")))
          .forEach(v -> models.update(v, request.caller(), p -> p.put("stage", "Archived")));
    }
    return view(model, models.update(version, request.caller(), p -> p.put("stage", stage)));
  }

  private ObjectNode find(Request request, JsonNode asked) {
    ObjectNode model = RegisteredModels.find(models, request, asked);
    return find(models, model, MlflowRoutes.required(asked, "version"));
  }

  /**
   * A version of a model.
   *
   * @throws mlops.emulator.http.ApiException 404 in MLflow's words
   */
  public static ObjectNode find(Models models, ObjectNode model, String version) {
    String id = model.path("id").asText() + "/versions/" + version;
    return (version.indexOf('/') < 0 ? models.find(id) : Optional.<ObjectNode>empty())
        .orElseThrow(
            () ->
                MlflowRoutes.missing(
                    "Model Version (name=%s, version=%s) not found"
                        .formatted(model.path("name").asText(), version)));
  }
}
