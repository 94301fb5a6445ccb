package mlops.emulator.ml.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Route;
import mlops.emulator.ml.job.RunHistory;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.workspace.DefaultDatastores;

/**
 * The logged models of MLflow 3: what {@code log_model} makes before anything is registered. Their
 * files lie among the artifacts of the run that made them, where MLflow 2 and Azure's own clients
 * find them.
 */
public final class LoggedModels {
  /** What a registered version says of the logged model that it is made of. */
  static final String PROPERTY = "mlflow.model_id";

  private static final String PATH = "logged-models";
  private static final String ONE = PATH + "/{model}";

  private final MlResources resources;

  public LoggedModels(MlResources resources) {
    this.resources = resources;
  }

  public List<Route> routes() {
    return List.of(
        MlflowRoutes.write(PATH, this::create),
        MlflowRoutes.search(PATH + "/search", this::search),
        MlflowRoutes.read(ONE, r -> LoggedModelView.one(find(r))),
        MlflowRoutes.route("PATCH", ONE, RunHistory.WRITE, this::end),
        MlflowRoutes.route("DELETE", ONE, RunHistory.WRITE, this::delete),
        MlflowRoutes.write(ONE + "/params", r -> add(r, "params")),
        MlflowRoutes.route("PATCH", ONE + "/tags", RunHistory.WRITE, r -> add(r, "tags")),
        MlflowRoutes.route("DELETE", ONE + "/tags/{key}", RunHistory.WRITE, this::deleteTag));
  }

  static String id(String workspace, String model) {
    return workspace + "/loggedmodels/" + model;
  }

  private ObjectNode create(Request request) {
    JsonNode body = request.json();
    String workspace = resources.workspace(request).path("id").asText();
    String model = "m-" + UUID.randomUUID().toString().replace("-", "");
    long now = resources.now().toEpochMilli();
    ObjectNode document = Json.object().put("modelId", model);
    document.put("experimentId", MlflowRoutes.required(body, "experiment_id"));
    document.put("name", body.path("name").asText("model"));
    document.put("runId", body.path("source_run_id").asText());
    document.put("modelType", body.path("model_type").asText());
    document.put("status", "LOGGED_MODEL_PENDING").put("created", now).put("updated", now);
    document.put("artifactPath", folder(workspace, document));
    document.set("tags", MlflowRoutes.object(body.path("tags")));
    document.set("params", MlflowRoutes.object(body.path("params")));
    document.putArray("metrics");
    resources.state().write(id(workspace, model), document);
    return LoggedModelView.one(document);
  }

  /** In the folder of its run, under its name if that is free there. */
  private String folder(String workspace, JsonNode model) {
    String run = model.path("runId").asText();
    String id = model.path("modelId").asText();
    if (run.isEmpty()) {
      return DefaultDatastores.artifacts(id);
    }
    String named = DefaultDatastores.artifacts(run) + "/" + model.path("name").asText();
    boolean taken =
        all(workspace).stream().anyMatch(m -> m.path("artifactPath").asText().equals(named));
    return taken ? named + "-" + id : named;
  }

  private List<ObjectNode> all(String workspace) {
    return resources.state().list(workspace + "/loggedmodels");
  }

  private ObjectNode search(Request request) {
    JsonNode body = request.json();
    Set<String> experiments = new HashSet<>();
    body.path("experiment_ids").forEach(e -> experiments.add(e.asText()));
    MlflowFilter filter = MlflowFilter.of(body.path("filter").asText());
    List<ObjectNode> found =
        all(MlPaths.workspaceId(request)).stream()
            .filter(m -> experiments.contains(m.path("experimentId").asText()))
            .filter(m -> filter.accepts((kind, key) -> LoggedModelView.value(m, kind, key)))
            .sorted(Comparator.comparing(m -> -m.path("created").asLong()))
            .map(LoggedModelView::of)
            .toList();
    return MlflowRoutes.page(body, "models", found, 50);
  }

  private ObjectNode end(Request request) {
    String status = MlflowRoutes.required(request.json(), "status");
    if (!status.toUpperCase(Locale.ROOT).startsWith("LOGGED_MODEL_")) {
      throw MlflowRoutes.invalid("Unknown status '%s' of a logged model.".formatted(status));
    }
    return change(request, model -> model.put("status", status));
  }

  private ObjectNode delete(Request request) {
    find(request);
    resources.state().delete(id(request));
    return Json.object();
  }

  private ObjectNode add(Request request, String kind) {
    ObjectNode added = MlflowRoutes.object(request.json().path(kind));
    return change(request, model -> model.withObjectProperty(kind).setAll(added));
  }

  private ObjectNode deleteTag(Request request) {
    return change(
        request, model -> model.withObjectProperty("tags").remove(request.parameter("key")));
  }

  private ObjectNode change(Request request, Consumer<ObjectNode> change) {
    return resources
        .state()
        .exclusively(
            () -> {
              ObjectNode model = find(request);
              change.accept(model);
              model.put("updated", resources.now().toEpochMilli());
              resources.state().write(id(request), model);
              return LoggedModelView.one(model);
            });
  }

  private ObjectNode find(Request request) {
    return resources
        .read(id(request))
        .orElseThrow(
            () ->
                MlflowRoutes.missing(
                    "Logged model with ID '%s' not found.".formatted(request.parameter("model"))));
  }

  private static String id(Request request) {
    return id(MlPaths.workspaceId(request), request.parameter("model"));
  }
}
