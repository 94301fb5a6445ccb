package mlops.emulator.ml.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Permission;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlRequestBody;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.Pages;

/** The run history of a region: how runs go, what came of them, and where their logs are. */
public final class RunHistory {
  public static final String BASE = "/history/v1.0" + MlPaths.WORKSPACE;
  public static final Permission READ = Permission.action(MlPaths.ACTION + "experiments/runs/read");
  public static final Permission WRITE =
      Permission.action(MlPaths.ACTION + "experiments/runs/write");

  private static final List<String> WORDS =
      List.of("runId", "displayName", "description", "tags", "properties", "hidden");

  private final MlResources resources;
  private final RunDocuments runs;
  private final RunJson view;

  public RunHistory(MlResources resources, RunDocuments runs, RunJson view) {
    this.resources = resources;
    this.runs = runs;
    this.view = view;
  }

  public List<Route> routes() {
    return List.of(
        route("GET", "/runs/{run}/details", READ, r -> view.details(workspace(r), run(r))),
        route("GET", "/runs/{run}", READ, r -> view.metadata(workspace(r), run(r))),
        Route.of("GET", MlPaths.API_HOST, BASE + "/runs/{run}/children", READ, this::children),
        route("PATCH", "/runs/{run}", WRITE, this::update),
        route("GET", "/runs/{run}/serviceinstances/{node}", READ, this::services),
        route("POST", "/rundata", READ, this::data));
  }

  static Route route(
      String method, String path, Permission permission, Function<Request, ObjectNode> answer) {
    return Route.of(
        method,
        MlPaths.API_HOST,
        BASE + path,
        permission,
        request -> Response.json(200, answer.apply(request)));
  }

  private JsonNode workspace(Request request) {
    return resources.workspace(request);
  }

  private ObjectNode run(Request request) {
    return runs.get(MlPaths.workspaceId(request), request.parameter("run"));
  }

  private Response children(Request request) {
    JsonNode workspace = workspace(request);
    run(request);
    return Pages.of(
        request,
        runs.children(MlPaths.workspaceId(request), request.parameter("run")).stream()
            .map(child -> view.metadata(workspace, child))
            .toList());
  }

  /** What a node of a run can be reached by: nothing, for no job here opens a port. */
  private ObjectNode services(Request request) {
    workspace(request);
    run(request);
    ObjectNode services = Json.object();
    services.putObject("instances");
    return services;
  }

  /** Changes what a run and its job say of themselves; hidden ones are archived jobs. */
  ObjectNode update(Request request) {
    ObjectNode body = MlRequestBody.withoutNulls(request.json());
    JsonNode workspace = workspace(request);
    requireKnown(body);
    ObjectNode changed =
        runs.reword(
            MlPaths.workspaceId(request), request.parameter("run"), words -> reword(words, body));
    return view.metadata(workspace, changed);
  }

  private static void requireKnown(JsonNode body) {
    for (Map.Entry<String, JsonNode> field : body.properties()) {
      if (!WORDS.contains(field.getKey())) {
        throw ApiException.notImplemented(
            "The embedded Azure does not change '%s' of a run, only %s."
                .formatted(field.getKey(), String.join(", ", WORDS)));
      }
    }
  }

  private static void reword(ObjectNode words, JsonNode body) {
    for (String field : List.of("displayName", "description")) {
      if (body.has(field)) {
        words.set(field, body.get(field));
      }
    }
    for (String map : List.of("tags", "properties")) {
      if (body.path(map) instanceof ObjectNode values) {
        words.withObject(map).setAll(values);
      }
    }
    if (body.has("hidden")) {
      words.put("isArchived", body.path("hidden").asBoolean());
    }
  }

  private ObjectNode data(Request request) {
    JsonNode workspace = workspace(request);
    String runId = request.json().path("runId").asText();
    ObjectNode run = runs.get(MlPaths.workspaceId(request), runId);
    ObjectNode answer = Json.object();
    answer.set("runMetadata", view.metadata(workspace, run));
    answer.set("runDefinition", view.definition(workspace, run));
    return answer.putNull("jobSpecification").putNull("systemSettings");
  }
}
