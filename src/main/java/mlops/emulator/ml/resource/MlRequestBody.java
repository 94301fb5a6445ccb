package mlops.emulator.ml.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;

/** Bodies as Azure Machine Learning reads them: objects where it expects them, nulls as absent. */
public final class MlRequestBody {
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
      throw MlErrors.userError(400, "The field %s must be an object.".formatted(field));
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

  private MlRequestBody() {}
}
