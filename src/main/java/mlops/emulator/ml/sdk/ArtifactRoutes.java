package mlops.emulator.ml.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;
import mlops.emulator.http.Json;
import mlops.emulator.http.Permission;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.ml.job.RunDocuments;
import mlops.emulator.ml.job.RunHistory;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.Pages;

/** The artifact service: announces files that a client then uploads, and tells where files lie. */
public final class ArtifactRoutes {
  private static final String BASE = "/artifact/v2.0" + MlPaths.WORKSPACE + "/artifacts";
  private static final String CONTAINER = "/{origin}/{container}";

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
    return List.of(
        route(
            "POST",
            "/batch/metadata" + CONTAINER,
            RunHistory.WRITE,
            r -> Response.json(200, announce(r))),
        route("GET", "/contentinfo" + file, RunHistory.READ, r -> Response.json(200, find(r))),
        route("GET", "/prefix/contentinfo" + file, RunHistory.READ, this::listUrls),
        route("GET", CONTAINER, RunHistory.READ, this::list));
  }

  private static Route route(
      String method, String path, Permission right, Function<Request, Response> answer) {
    return Route.of(method, MlPaths.API_HOST, BASE + path, right, answer);
  }

  private ObjectNode announce(Request request) {
    JsonNode workspace = workspace(request);
    ObjectNode answer = Json.object();
    ObjectNode found = answer.putObject("artifacts");
    ObjectNode urls = answer.putObject("artifactContentInformation");
    ObjectNode errors = answer.putObject("errors");
    for (JsonNode asked : request.json().path("paths")) {
      String path = asked.path("path").asText();
      Artifact artifact = Artifact.of(request).at(path);
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
    return answer;
  }

  private ObjectNode find(Request request) {
    JsonNode workspace = workspace(request);
    Artifact artifact = Artifact.of(request);
    if (!artifacts.isThere(workspace, artifact)) {
      throw MlErrors.userError(404, "The artifact '%s' does not exist.".formatted(artifact.id()));
    }
    return artifacts.withUrl(workspace, artifact, "r");
  }

  private Response listUrls(Request request) {
    JsonNode workspace = workspace(request);
    return page(request, artifact -> artifacts.withUrl(workspace, artifact, "r"));
  }

  private Response list(Request request) {
    return page(request, Artifact::view);
  }

  private Response page(Request request, Function<Artifact, ObjectNode> view) {
    List<Artifact> found = artifacts.below(workspace(request), Artifact.of(request));
    return Pages.of(request, found.stream().map(view).toList());
  }

  /** The workspace; a run whose artifacts are meant must be in it. */
  private JsonNode workspace(Request request) {
    JsonNode workspace = resources.workspace(request);
    String run = Artifact.of(request).run();
    if (!run.isEmpty()) {
      runs.get(workspace.path("id").asText(), run);
    }
    return workspace;
  }
}
