package mlops.emulator.ml.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;

/** Names, paths and errors that all of Azure Machine Learning shares. */
public final class MlPaths {
  public static final String TYPE = "Microsoft.MachineLearningServices/workspaces";

  /** What every RBAC action of a workspace starts with. */
  public static final String ACTION = TYPE + "/";

  public static final String BY_SUBSCRIPTION = "/subscriptions/{subscription}/providers/" + TYPE;
  public static final String COLLECTION =
      "/subscriptions/{subscription}/resourceGroups/{group}/providers/" + TYPE;
  public static final String WORKSPACE = COLLECTION + "/{workspace}";

  /** The host of the data plane of a region. */
  public static final String API_HOST = "{region}.api.azureml.ms";

  private static final List<String> OBJECTS =
      List.of(
          "tags",
          "properties",
          "inputs",
          "outputs",
          "jobs",
          "settings",
          "resources",
          "retrySettings",
          "defaults",
          "credentials",
          "componentSpec",
          "environmentVariables",
          "flavors");

  /** The id of the workspace that a request is about. */
  public static String workspaceId(Request request) {
    return "/subscriptions/%s/resourceGroups/%s/providers/%s/%s"
        .formatted(
            request.parameter("subscription"),
            request.parameter("group"),
            TYPE,
            request.parameter("workspace"));
  }

  /** The id of the workspace that a resource lies in. */
  public static String workspaceOf(String id) {
    return String.join("/", List.of(id.split("/")).subList(0, 9));
  }

  /** The last segment of an id. */
  public static String name(String id) {
    return id.substring(id.lastIndexOf('/') + 1);
  }

  /** A failure as the management front end of Azure Machine Learning words most of its own. */
  public static ApiException userError(int status, String message) {
    return new ApiException(status, "UserError", message);
  }

  public static boolean same(String a, String b) {
    return a.toLowerCase(Locale.ROOT).equals(b.toLowerCase(Locale.ROOT));
  }

  /**
   * The {@code properties} of a body, without explicit nulls.
   *
   * @throws ApiException 400 where a field that holds an object holds something else
   */
  public static ObjectNode properties(Request request) {
    JsonNode properties = request.json().path("properties");
    requireObject("properties", properties);
    for (String field : OBJECTS) {
      requireObject("properties." + field, properties.path(field));
    }
    for (String field : List.of("jobs", "outputs", "inputs")) {
      for (Map.Entry<String, JsonNode> entry : properties.path(field).properties()) {
        requireObject("properties." + field + "." + entry.getKey(), entry.getValue());
      }
    }
    return withoutNulls(properties);
  }

  private static void requireObject(String field, JsonNode value) {
    if (!value.isMissingNode() && !value.isNull() && !value.isObject()) {
      throw userError(400, "The field %s must be an object.".formatted(field));
    }
  }

  /** A copy without explicit nulls, which Azure reads as absent. */
  public static ObjectNode withoutNulls(JsonNode object) {
    ObjectNode copy = Json.object();
    object
        .fields()
        .forEachRemaining(
            field -> {
              JsonNode value = field.getValue();
              if (value instanceof ObjectNode inner) {
                copy.set(field.getKey(), withoutNulls(inner));
              } else if (!value.isNull()) {
                copy.set(field.getKey(), value.deepCopy());
              }
            });
    return copy;
  }

  private MlPaths() {}
}
