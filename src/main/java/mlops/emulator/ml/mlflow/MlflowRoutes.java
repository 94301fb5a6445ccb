package mlops.emulator.ml.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Permission;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.ml.job.RunHistory;
import mlops.emulator.ml.resource.MlPaths;

/**
 * What the routes of the MLflow tracking REST API share: their place, and errors in its words.
 *
 * <p>The tracking URI of a workspace names release {@code v1.0}; azureml-mlflow sends mlflow 1
 * there and newer ones to {@code v2.0}, with the same requests.
 */
public final class MlflowRoutes {
  static final String BASE = "/mlflow/{release}" + MlPaths.WORKSPACE + "/api/2.0";

  private static final Set<String> RELEASES = Set.of("v1.0", "v2.0");

  /** A read, which MLflow sends as a GET. */
  static Route read(String path, Function<Request, ObjectNode> answer) {
    return route("GET", path, RunHistory.READ, answer);
  }

  /** A search, which is a read that comes as a POST. */
  static Route search(String path, Function<Request, ObjectNode> answer) {
    return route("POST", path, RunHistory.READ, answer);
  }

  static Route write(String path, Function<Request, ObjectNode> answer) {
    return route("POST", path, RunHistory.WRITE, answer);
  }

  static Route route(
      String method, String path, Permission permission, Function<Request, ObjectNode> answer) {
    return at(method, "/mlflow/" + path, permission, answer);
  }

  /**
   * A route of the model registry, which mlflow 1 asks below {@code preview} and newer ones not.
   */
  static List<Route> registry(
      String method, String path, String action, Function<Request, ObjectNode> answer) {
    Permission permission = Permission.action(MlPaths.ACTION + "models/" + action);
    return List.of(
        at(method, "/mlflow/" + path, permission, answer),
        at(method, "/preview/mlflow/" + path, permission, answer));
  }

  static Route at(
      String method, String path, Permission permission, Function<Request, ObjectNode> answer) {
    return Route.of(
        method,
        MlPaths.API_HOST,
        BASE + path,
        permission,
        request ->
            worded(
                request,
                () ->
                    Response.json(200, MlflowAddresses.forClient(request, answer.apply(request)))));
  }

  /** Failures have an {@code error_code}, which MLflow clients decide by. */
  public static Response worded(Request request, Supplier<Response> answer) {
    try {
      String release = request.parameter("release");
      if (!RELEASES.contains(release)) {
        throw ApiException.notImplemented(
            "The embedded Azure has no release %s of the MLflow API.".formatted(release));
      }
      return answer.get();
    } catch (ApiException e) {
      ObjectNode body = Json.object().put("error_code", e.code()).put("message", e.message());
      body.putObject("error").put("code", e.code()).put("message", e.message());
      return Response.json(e.status(), body);
    }
  }

  static ApiException invalid(String message) {
    return ApiException.badRequest("INVALID_PARAMETER_VALUE", message);
  }

  /** The failure to find something, in MLflow's words. */
  public static ApiException missing(String message) {
    return ApiException.notFound("RESOURCE_DOES_NOT_EXIST", message);
  }

  /** The pairs of an object as MLflow lists them: {@code [{"key": …, "value": …}]}. */
  static ArrayNode pairs(JsonNode object) {
    ArrayNode pairs = Json.MAPPER.createArrayNode();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      pairs.addObject().put("key", field.getKey()).put("value", field.getValue().asText());
    }
    return pairs;
  }

  /** Such pairs as an object. */
  static ObjectNode object(JsonNode pairs) {
    ObjectNode object = Json.object();
    pairs.forEach(p -> object.put(p.path("key").asText(), p.path("value").asText()));
    return object;
  }

  /** A value that a body must have. */
  public static String required(JsonNode body, String field) {
    String value = body.path(field).asText();
    if (value.isEmpty()) {
      throw invalid("Missing value for required parameter '%s'.".formatted(field));
    }
    return value;
  }

  /** A query as a body would say it. */
  public static JsonNode query(Request request) {
    ObjectNode query = Json.object();
    request.query().forEach(query::put);
    return query;
  }

  /** The page of a search that {@code max_results} and {@code page_token} ask for. */
  public static ObjectNode page(JsonNode body, String field, List<ObjectNode> all, int most) {
    int size = Math.max(1, Math.min(body.path("max_results").asInt(most), 50_000));
    String token = body.path("page_token").asText();
    if (!token.matches("\\d{0,9}")) {
      throw invalid("The page_token '%s' is not one of this service.".formatted(token));
    }
    int from = Math.min(token.isEmpty() ? 0 : Integer.parseInt(token), all.size());
    int to = Math.min(from + size, all.size());
    ObjectNode page = Json.object();
    page.putArray(field).addAll(all.subList(from, to));
    if (to < all.size()) {
      page.put("next_page_token", String.valueOf(to));
    }
    return page;
  }

  private MlflowRoutes() {}
}
