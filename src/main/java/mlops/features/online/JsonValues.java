package mlops.features.online;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import mlops.features.spec.ColumnType;
import mlops.features.spec.DataColumn;
import org.jspecify.annotations.Nullable;

/**
 * Values as JSON and back: numbers as numbers, what JSON has no number for as text ({@code NaN}),
 * bytes in base64, times in ISO 8601. Equal values are equal texts.
 */
public final class JsonValues {
  private final ObjectMapper json = new ObjectMapper();

  /** An array in the order of the values. */
  String text(List<? extends @Nullable Object> values) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    values.forEach(v -> array.add(node(v)));
    return array.toString();
  }

  /** One value. */
  public static JsonNode node(@Nullable Object value) {
    JsonNodeFactory to = JsonNodeFactory.instance;
    if (value == null) {
      return to.nullNode();
    } else if (value instanceof Integer i) {
      return to.numberNode(i);
    } else if (value instanceof Long l) {
      return to.numberNode(l);
    } else if (value instanceof Float f) {
      return Float.isFinite(f) ? to.numberNode(f) : to.textNode(f.toString());
    } else if (value instanceof Double d) {
      return Double.isFinite(d) ? to.numberNode(d) : to.textNode(d.toString());
    } else if (value instanceof Boolean b) {
      return to.booleanNode(b);
    } else if (value instanceof ByteBuffer bytes) {
      return to.textNode(Base64.getEncoder().encodeToString(bytes(bytes)));
    }
    return to.textNode(value.toString());
  }

  static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  /** The values of columns from an array; a column that it does not reach is null. */
  List<@Nullable Object> values(String text, List<DataColumn> columns) {
    try {
      JsonNode array = json.readTree(text);
      List<@Nullable Object> values = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        values.add(value(array.path(i), columns.get(i).type()));
      }
      return values;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of the online store is no JSON: " + text, e);
    }
  }

  private static @Nullable Object value(JsonNode node, ColumnType type) {
    if (node.isNull() || node.isMissingNode()) {
      return null;
    }
    return switch (type) {
      case STRING -> node.asText();
      case INTEGER -> node.intValue();
      case LONG -> node.longValue();
      case FLOAT -> Float.valueOf(node.asText());
      case DOUBLE -> Double.valueOf(node.asText());
      case BOOLEAN -> node.booleanValue();
      case BINARY -> ByteBuffer.wrap(Base64.getDecoder().decode(node.asText()));
      case DATETIME -> Instant.parse(node.asText());
    };
  }
}
