package mlops.emulator.featurestore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.TreeSet;
import mlops.emulator.ml.resource.MlErrors;

/** What a version of a feature store entity says: the columns that its feature sets share. */
final class FeatureEntities {
  private static final Set<String> TYPES =
      Set.of("String", "Integer", "Long", "Float", "Double", "Binary", "Datetime", "Boolean");

  static void complete(ObjectNode store, ObjectNode properties, JsonNode old) {
    JsonNode columns = properties.path("indexColumns");
    if (columns.isEmpty()) {
      throw MlErrors.userError(400, "The field properties.indexColumns is required.");
    }
    Set<String> names = new TreeSet<>();
    for (JsonNode column : columns) {
      String name = column.path("columnName").asText();
      String type = column.path("dataType").asText("String");
      if (name.isEmpty() || !names.add(name)) {
        throw MlErrors.userError(
            400,
            name.isEmpty()
                ? "The field properties.indexColumns.columnName is required."
                : "The index column '%s' is listed twice.".formatted(name));
      }
      if (!TYPES.contains(type)) {
        throw MlErrors.userError(
            400,
            "The type '%s' of the index column '%s' is unknown: %s."
                .formatted(type, name, String.join(", ", new TreeSet<>(TYPES))));
      }
    }
  }

  private FeatureEntities() {}
}
