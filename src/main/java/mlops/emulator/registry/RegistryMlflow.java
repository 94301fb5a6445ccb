package mlops.emulator.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import mlops.emulator.arm.resource.TrackedType;
import mlops.emulator.http.Json;
import mlops.emulator.http.Permission;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.ml.asset.Models;
import mlops.emulator.ml.mlflow.MlflowFilter;
import mlops.emulator.ml.mlflow.MlflowModelView;
import mlops.emulator.ml.mlflow.MlflowRoutes;
import mlops.emulator.ml.mlflow.ModelVersions;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.RegistryIds;

/**
 * The models of a registry by MLflow's API, to read: what the {@code mlFlowRegistryUri} of a
 * registry leads to, by which a job asks for them ({@code MLFLOW_REGISTRY_URI}).
 */
final class RegistryMlflow {
  private static final String BASE =
      "/mlflow/{release}" + new TrackedType(RegistryIds.TYPE).inGroup() + "/{registry}/api/2.0/";
  private static final List<String> ROOTS = List.of("mlflow/", "preview/mlflow/"); // of mlflow 1

  private final MlResources resources;
  private final RegistryAccess access;
  private final Models models;

  RegistryMlflow(MlResources resources, RegistryAccess access, Models models) {
    this.resources = resources;
    this.access = access;
    this.models = models;
  }

  List<Route> routes() {
    String latest = "registered-models/get-latest-versions";
    return ROOTS.stream()
        .flatMap(
            root ->
                Stream.of(
                    route("GET", root + "registered-models/get", this::model),
                    route("GET", root + "registered-models/search", this::search),
                    route("GET", root + latest, this::latest),
                    route("POST", root + latest, this::latest),
                    route("GET", root + "model-versions/get", this::version),
                    route("GET", root + "model-versions/get-download-uri", this::download)))
        .toList();
  }

  private Route route(String method, String path, BiFunction<String, JsonNode, ObjectNode> answer) {
    return Route.of(
        method,
        MlPaths.API_HOST,
        BASE + path,
        Permission.byHandler(),
        r -> {
          String registry = admit(r);
          return MlflowRoutes.worded(r, () -> Response.json(200, answer.apply(registry, asked(r))));
        });
  }

  /** The ARM id of the registry, which the caller may read. */
  private String admit(Request request) {
    String path = request.id();
    String id = RegistryIds.registryOf(path.substring(path.indexOf("/subscriptions/")));
    Optional<String> registry = resources.read(id).map(r -> r.path("id").asText());
    access.require(request, request.parameter("registry"), registry, "read");
    return registry.orElseThrow();
  }

  private static JsonNode asked(Request request) {
    return request.method().equals("POST") ? request.json() : MlflowRoutes.query(request);
  }

  private ObjectNode model(String registry, JsonNode asked) {
    return Json.object().set("registered_model", view(find(registry, asked)));
  }

  private ObjectNode view(ObjectNode model) {
    return MlflowModelView.model(model, models.versions(model.path("id").asText()));
  }

  private ObjectNode find(String registry, JsonNode asked) {
    String name = MlflowRoutes.required(asked, "name");
    return (name.indexOf('/') < 0
            ? models.find(Models.id(registry, name))
            : Optional.<ObjectNode>empty())
        .orElseThrow(
            () -> MlflowRoutes.missing("Registered Model with name=%s not found".formatted(name)));
  }

  private ObjectNode search(String registry, JsonNode asked) {
    MlflowFilter filter = MlflowFilter.of(asked.path("filter").asText());
    List<ObjectNode> found =
        models.all(registry).stream()
            .filter(m -> filter.accepts((kind, key) -> MlflowModelView.value(m, kind, key)))
            .map(this::view)
            .toList();
    return MlflowRoutes.page(asked, "registered_models", found, 100);
  }

  private ObjectNode latest(String registry, JsonNode asked) {
    ObjectNode answer = Json.object();
    return answer.set("model_versions", view(find(registry, asked)).path("latest_versions"));
  }

  private ObjectNode version(String registry, JsonNode asked) {
    ObjectNode model = find(registry, asked);
    return Json.object()
        .set("model_version", MlflowModelView.version(model, numbered(model, asked)));
  }

  private ObjectNode download(String registry, JsonNode asked) {
    ObjectNode model = find(registry, asked);
    JsonNode version = MlflowModelView.version(model, numbered(model, asked));
    return Json.object().put("artifact_uri", version.path("source").asText());
  }

  private ObjectNode numbered(ObjectNode model, JsonNode asked) {
    return ModelVersions.find(models, model, MlflowRoutes.required(asked, "version"));
  }
}
