package mlops.emulator.ml.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Permission;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.Pages;

/**
 * The run history as {@code Run.get_context()} of azureml-core asks for it: each run below its
 * experiment, by name or by id.
 */
public final class ExperimentRuns {
  private static final String BY_NAME = "/experiments/{experiment}";
  private static final String RUN = "/runs/{run}";

  private final MlResources resources;
  private final RunDocuments runs;
  private final RunJson view;
  private final RunHistory history;
  private final ChildRuns children;

  public ExperimentRuns(
      MlResources resources, RunDocuments runs, RunJson view, RunHistory history) {
    this.resources = resources;
    this.runs = runs;
    this.view = view;
    this.history = history;
    this.children = new ChildRuns(resources, runs);
  }

  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (String experiment : List.of(BY_NAME, "/experimentids/{experiment}")) {
      String run = experiment + RUN;
      routes.add(
          RunHistory.route(
              "GET", run, RunHistory.READ, r -> view.metadata(workspace(r), runs.inExperiment(r))));
      routes.add(RunHistory.route("PATCH", run, RunHistory.WRITE, this::update));
    }
    String run = BY_NAME + RUN;
    routes.add(
        RunHistory.route(
            "GET",
            run + "/details",
            RunHistory.READ,
            r -> view.details(workspace(r), runs.inExperiment(r))));
    routes.add(route("GET", run + "/metricsingest/wait", RunHistory.READ, r -> Json.object()));
    routes.add(route("DELETE", run + "/tags", RunHistory.WRITE, this::deleteTags));
    routes.add(route("POST", run + "/events", RunHistory.WRITE, children::tell));
    routes.add(
        Route.of(
            "GET",
            MlPaths.API_HOST,
            RunHistory.BASE + run + "/children",
            RunHistory.READ,
            this::children));
    return routes;
  }

  /** A route whose answer does not look at the run, which must be there in this experiment. */
  private Route route(
      String method, String path, Permission permission, Function<Request, ObjectNode> answer) {
    return RunHistory.route(
        method,
        path,
        permission,
        request -> {
          workspace(request);
          runs.inExperiment(request);
          return answer.apply(request);
        });
  }

  private JsonNode workspace(Request request) {
    return resources.workspace(request);
  }

  /** Changes a run; one that is not there yet becomes a child of the run that the body names. */
  private ObjectNode update(Request request) {
    JsonNode workspace = workspace(request);
    boolean there = runs.find(MlPaths.workspaceId(request), request.parameter("run")).isPresent();
    if (!there && request.json().path("parentRunId").isTextual()) {
      return view.metadata(workspace, children.create(request));
    }
    runs.inExperiment(request);
    return history.update(request);
  }

  private Response children(Request request) {
    JsonNode workspace = workspace(request);
    runs.inExperiment(request);
    if (request.queryValue("$filter").isPresent()) {
      throw ApiException.notImplemented(
          "The embedded Azure does not filter the children of a run ($filter).");
    }
    List<ObjectNode> found =
        new ArrayList<>(runs.children(MlPaths.workspaceId(request), request.parameter("run")));
    switch (request.queryValue("$orderby").orElse("")) {
      case "", "StartTimeUtc asc" -> {}
      case "StartTimeUtc desc" -> Collections.reverse(found);
      default ->
          throw ApiException.notImplemented(
              "The embedded Azure orders the children of a run by StartTimeUtc only, not by $orderby=%s."
                  .formatted(request.queryValue("$orderby").orElse("")));
    }
    return Pages.of(request, found.stream().map(c -> view.metadata(workspace, c)).toList());
  }

  /** The body is the list of the tags to delete. */
  private ObjectNode deleteTags(Request request) {
    JsonNode names = list(request);
    ObjectNode changed =
        runs.reword(
            MlPaths.workspaceId(request),
            request.parameter("run"),
            words -> names.forEach(name -> words.withObject("tags").remove(name.asText())));
    return view.metadata(workspace(request), changed);
  }

  private static JsonNode list(Request request) {
    try {
      JsonNode list = Json.MAPPER.readTree(request.body().toBytes());
      if (list != null && list.isArray()) {
        return list;
      }
    } catch (IOException e) {
      // said below, as any body that is no list
    }
    throw MlErrors.userError(400, "The body must be the list of the names of the tags to delete.");
  }
}
