package mlops.emulator.ml.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.ml.job.RunDocuments;
import mlops.emulator.ml.job.RunHistory;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.Pages;

/**
 * The artifact service, and what of it the history of runs offers: announces files that a client
 * then uploads, and tells where files lie.
 */
public final class ArtifactRoutes {
  private static final String BASE = "/artifact/v2.0" + MlPaths.WORKSPACE + "/artifacts";
  private static final String CONTAINER = "/{origin}/{container}";

  /** What azureml-mlflow asks: the files of an origin, or of a run in its experiment. */
  private static final List<String> FOLDERS =
      List.of(
          BASE + CONTAINER,
          RunHistory.BASE + "/experiments/{experiment}/runs/{run}/artifacts",
          RunHistory.BASE + "/experimentids/{experiment}/runs/{run}/artifacts");

  /** What a client that uploads a file by its URL needs: to write it and to look at it. */
  private static final String WRITE = "rcw";

  private final MlResources resources;
  private final RunDocuments runs;
  private final Artifacts artifacts;

  public ArtifactRoutes(MlResources resources, RunDocuments runs, Artifacts artifacts) {
    this.resources = resources;
    this.runs = runs;
    this.artifacts = artifacts;
  }

  public List<Route> routes() {
    String file = CONTAINER + "/{*path}";
    List<Route> routes = new ArrayList<>();
    routes.add(route("POST", BASE + "/batch/metadata" + CONTAINER, this::announce));
    routes.add(route("GET", BASE + "/contentinfo" + file, this::find));
    routes.add(route("GET", BASE + "/prefix/contentinfo" + file, this::listUrls));
    for (String folder : FOLDERS) {
      routes.add(route("POST", folder + "/batch/metadata", this::announce));
      routes.add(route("GET", folder + "/contentinfo", this::find));
      routes.add(route("GET", folder, this::list));
    }
    return routes;
  }

  private static Route route(
      String method, String path, BiFunction<Request, Artifact, Response> answer) {
    return Route.of(
        method,
        MlPaths.API_HOST,
        path,
        method.equals("POST") ? RunHistory.WRITE : RunHistory.READ,
        request -> answer.apply(request, Artifact.of(request)));
  }

  private Response announce(Request request, Artifact folder) {
    JsonNode workspace = workspace(request, folder);
    ObjectNode answer = Json.object();
    ObjectNode found = answer.putObject("artifacts");
    ObjectNode urls = answer.putObject("artifactContentInformation");
    ObjectNode errors = answer.putObject("errors");
    for (JsonNode asked : request.json().path("paths")) {
      String path = asked.path("path").asText();
      Artifact artifact = folder.at(path);
      if (artifacts.isThere(workspace, artifact)) {
        errors
            .putObject(path)
            .putObject("error")
            .put("code", "UserError")
            .put(
                "message",
                "Resource Conflict: ArtifactId %s already exists.".formatted(artifact.id()));
      } else {
        found.set(path, artifact.view());
        urls.set(path, artifacts.withUrl(workspace, artifact, WRITE));
      }
    }
    return Response.json(200, answer);
  }

  private Response find(Request request, Artifact artifact) {
    JsonNode workspace = workspace(request, artifact);
    if (!artifacts.isThere(workspace, artifact)) {
      throw MlErrors.userError(404, "The artifact '%s' does not exist.".formatted(artifact.id()));
    }
    return Response.json(200, artifacts.withUrl(workspace, artifact, "r"));
  }

  private Response listUrls(Request request, Artifact folder) {
    JsonNode workspace = workspace(request, folder);
    return page(request, folder, file -> artifacts.withUrl(workspace, file, "r"));
  }

  private Response list(Request request, Artifact folder) {
    return page(request, folder, Artifact::view);
  }

  private Response page(Request request, Artifact folder, Function<Artifact, ObjectNode> view) {
    List<Artifact> found = artifacts.below(workspace(request, folder), folder);
    return Pages.of(request, found.stream().map(view).toList());
  }

  /** The workspace; a run whose artifacts are meant must be in it. */
  private JsonNode workspace(Request request, Artifact artifact) {
    JsonNode workspace = resources.workspace(request);
    String run = artifact.run();
    if (request.parameters().containsKey("experiment")) {
      runs.inExperiment(request);
    } else if (!run.isEmpty()) {
      runs.get(workspace.path("id").asText(), run);
    }
    return workspace;
  }
}
