package mlops.emulator.ml.sdk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.workspace.DefaultDatastores;

/**
 * A file or a folder as the artifact service names it.
 *
 * @param origin such as {@code ExperimentRun}
 * @param container of that origin, such as {@code dcid.RUN}
 */
record Artifact(String origin, String container, String path) {
  /** The origin under which this service has what lies in a datastore of another name. */
  private static final String DATASTORES = "datastores";

  private static final String PATHS = "paths/";

  /** The artifact that a route names, by a run or by its origin, at a path of its query too. */
  static Artifact of(Request request) {
    Map<String, String> named = request.parameters();
    String path = named.getOrDefault("path", request.queryValue("path").orElse(""));
    if (!named.containsKey("run")) {
      return new Artifact(request.parameter("origin"), request.parameter("container"), path);
    }
    String folder = DefaultDatastores.artifacts(request.parameter("run"));
    int slash = folder.indexOf('/');
    return new Artifact(folder.substring(0, slash), folder.substring(slash + 1), path);
  }

  Artifact at(String other) {
    return new Artifact(origin, container, other);
  }

  String id() {
    return origin + "/" + container + "/" + path;
  }

  String datastore() {
    return origin.equals(DATASTORES) ? container : DefaultDatastores.ARTIFACTS;
  }

  /**
   * The path in that datastore.
   *
   * @throws mlops.emulator.http.ApiException 400 for one that leads out of it
   */
  String place() {
    List<String> parts = List.of(path.split("/"));
    if (parts.contains("..") || (origin.equals(DATASTORES) && !path.startsWith(PATHS))) {
      throw MlErrors.userError(400, "'%s' is not the path of an artifact.".formatted(path));
    }
    String clean = String.join("/", parts.stream().filter(p -> !p.equals(".")).toList());
    String whole = path.endsWith("/") ? clean + "/" : clean;
    return origin.equals(DATASTORES)
        ? whole.substring(PATHS.length())
        : origin + "/" + container + "/" + whole;
  }

  /** The run whose artifacts these are; empty where they are of no run. */
  String run() {
    String prefix = DefaultDatastores.artifacts("");
    String folder = origin + "/" + container;
    return folder.startsWith(prefix) ? folder.substring(prefix.length()) : "";
  }

  ObjectNode view() {
    ObjectNode view = Json.object().put("artifactId", id()).put("origin", origin);
    return view.put("container", container).put("path", path);
  }
}
