package mlops.emulator.ml.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Route;
import mlops.emulator.ml.asset.Models;

/**
 * The tags of MLflow's registered models and of their versions, which are set and deleted alike.
 *
 * @param find what a request names
 */
record ModelTags(Models models, BiFunction<Request, JsonNode, ObjectNode> find) {

  /**
   * The routes below a path.
   *
   * @param action what they ask of the caller
   */
  List<Route> routes(String path, String action) {
    List<Route> routes = new ArrayList<>();
    routes.addAll(MlflowRoutes.registry("POST", path + "set-tag", action, this::set));
    routes.addAll(MlflowRoutes.registry("DELETE", path + "delete-tag", action, this::delete));
    return routes;
  }

  private ObjectNode set(Request request) {
    JsonNode body = request.json();
    String key = MlflowRoutes.required(body, "key");
    String value = body.path("value").asText();
    models.update(
        find.apply(request, body),
        request.caller(),
        p -> p.withObjectProperty("tags").put(key, value));
    return Json.object();
  }

  private ObjectNode delete(Request request) {
    JsonNode body = RegisteredModels.body(request);
    String key = MlflowRoutes.required(body, "key");
    models.update(
        find.apply(request, body), request.caller(), p -> p.withObjectProperty("tags").remove(key));
    return Json.object();
  }
}
