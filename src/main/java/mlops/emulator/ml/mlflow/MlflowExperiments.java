package mlops.emulator.ml.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Route;
import mlops.emulator.ml.job.Experiments;
import mlops.emulator.ml.job.RunDocuments;
import mlops.emulator.ml.resource.MlResources;

/** The experiments of the MLflow tracking REST API. */
public final class MlflowExperiments {
  private final MlResources resources;
  private final Experiments experiments;
  private final RunDocuments runs;

  public MlflowExperiments(MlResources resources, Experiments experiments, RunDocuments runs) {
    this.resources = resources;
    this.experiments = experiments;
    this.runs = runs;
  }

  public List<Route> routes() {
    return List.of(
        MlflowRoutes.write("experiments/create", this::create),
        MlflowRoutes.read("experiments/get", this::get),
        MlflowRoutes.read("experiments/get-by-name", this::byName),
        MlflowRoutes.read("experiments/list", r -> search(r, MlflowRoutes.query(r))),
        MlflowRoutes.read("experiments/search", r -> search(r, MlflowRoutes.query(r))),
        MlflowRoutes.search("experiments/search", r -> search(r, r.json())),
        MlflowRoutes.write("experiments/set-experiment-tag", this::setTag),
        MlflowRoutes.write("experiments/delete", r -> stage(r, Experiments.DELETED)),
        MlflowRoutes.write("experiments/restore", r -> stage(r, "active")));
  }

  private ObjectNode create(Request request) {
    JsonNode body = request.json();
    String name = MlflowRoutes.required(body, "name");
    String workspace = workspace(request);
    return resources
        .state()
        .exclusively(
            () -> {
              if (experiments.named(workspace, name).isPresent()) {
                throw new ApiException(
                    400,
                    "RESOURCE_ALREADY_EXISTS",
                    "Experiment with name '%s' already exists.".formatted(name));
              }
              ObjectNode experiment = experiments.ensure(workspace, name);
              experiment.withObjectProperty("tags").setAll(MlflowRoutes.object(body.path("tags")));
              experiments.write(workspace, experiment);
              return Json.object().set("experiment_id", experiment.get("experiment_id"));
            });
  }

  private ObjectNode get(Request request) {
    String id = request.queryValue("experiment_id").orElse("");
    return Json.object().set("experiment", view(find(request, id)));
  }

  private ObjectNode byName(Request request) {
    String name = request.queryValue("experiment_name").orElse("");
    ObjectNode experiment =
        experiments
            .named(workspace(request), name)
            .orElseThrow(
                () ->
                    MlflowRoutes.missing(
                        "Could not find experiment with name '%s'".formatted(name)));
    return Json.object().set("experiment", view(experiment));
  }

  private ObjectNode search(Request request, JsonNode body) {
    String type = body.path("view_type").asText("ACTIVE_ONLY");
    MlflowFilter filter = MlflowFilter.of(body.path("filter").asText());
    List<ObjectNode> found =
        experiments.all(workspace(request)).stream()
            .filter(e -> shows(type, Experiments.isDeleted(e)))
            .filter(e -> filter.accepts((kind, key) -> value(e, kind, key)))
            .sorted(Comparator.comparing(e -> -e.path("last_update_time").asLong()))
            .map(MlflowExperiments::view)
            .toList();
    return MlflowRoutes.page(body, "experiments", found, 1000);
  }

  private static String value(JsonNode experiment, String kind, String key) {
    return kind.equals("tags")
        ? experiment.path("tags").path(key).asText()
        : experiment.path(key).asText();
  }

  /** Whether a view shows what is, or is not, deleted. */
  static boolean shows(String viewType, boolean deleted) {
    return switch (viewType) {
      case "ALL", "3" -> true;
      case "DELETED_ONLY", "2" -> deleted;
      default -> !deleted;
    };
  }

  private ObjectNode setTag(Request request) {
    JsonNode body = request.json();
    return change(
        request,
        experiment ->
            experiment
                .withObjectProperty("tags")
                .put(body.path("key").asText(), body.path("value").asText()));
  }

  private ObjectNode stage(Request request, String stage) {
    return change(
        request,
        experiment -> {
          String name = experiment.path("name").asText();
          boolean used =
              runs.all(workspace(request)).stream()
                  .anyMatch(r -> r.path("experimentName").asText().equals(name));
          if (used && stage.equals(Experiments.DELETED)) {
            throw MlflowRoutes.invalid(
                "Only empty experiments can be deleted; '%s' has runs.".formatted(name));
          }
          experiment.put("lifecycle_stage", stage);
        });
  }

  private ObjectNode change(Request request, Consumer<ObjectNode> change) {
    String id = request.json().path("experiment_id").asText();
    return resources
        .state()
        .exclusively(
            () -> {
              ObjectNode experiment = find(request, id);
              change.accept(experiment);
              experiments.write(workspace(request), experiment);
              return Json.object();
            });
  }

  private ObjectNode find(Request request, String id) {
    return experiments
        .find(workspace(request), id)
        .orElseThrow(() -> MlflowRoutes.missing("No Experiment with id=%s exists".formatted(id)));
  }

  private String workspace(Request request) {
    return resources.workspace(request).path("id").asText();
  }

  private static ObjectNode view(ObjectNode experiment) {
    return experiment.<ObjectNode>set("tags", MlflowRoutes.pairs(experiment.path("tags")));
  }
}
