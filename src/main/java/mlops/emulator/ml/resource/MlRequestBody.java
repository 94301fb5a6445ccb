package mlops.emulator.ml.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;

/** Bodies as Azure Machine Learning reads them: nulls, free-form ones too, as absent. */
public final class MlRequestBody {
  /** The {@code properties} of a body, without explicit nulls; their shape has been checked. */
  public static ObjectNode properties(Request request) {
    return withoutNulls(request.json().path("properties"));
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
