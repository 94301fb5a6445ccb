package mlops.emulator.template.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import mlops.emulator.http.Json;

/** The values of the template language: how its functions create and compare them. */
public final class TemplateValues {
  public static final JsonNode NULL = Objects.requireNonNull(NullNode.getInstance());

  /** Numbers are the same by what they count, whatever holds them. */
  private static final Comparator<JsonNode> EQUALITY =
      (one, other) -> {
        boolean numbers = one.isNumber() && other.isNumber();
        return numbers && one.decimalValue().compareTo(other.decimalValue()) == 0
            ? 0
            : one.equals(other) ? 0 : 1;
      };

  public static JsonNode text(String value) {
    return Objects.requireNonNull(TextNode.valueOf(value));
  }

  public static JsonNode number(long value) {
    return value == (int) value ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
  }

  public static ArrayNode array(Collection<JsonNode> values) {
    return Json.MAPPER.createArrayNode().addAll(values);
  }

  public static List<JsonNode> list(JsonNode array) {
    List<JsonNode> values = new ArrayList<>(array.size());
    array.forEach(values::add);
    return values;
  }

  /** A value as {@code string} and {@code concat} show it: booleans as .NET spells them. */
  public static String shown(JsonNode value) {
    if (value.isTextual()) {
      return value.asText();
    }
    if (value.isBoolean()) {
      return value.asBoolean() ? "True" : "False";
    }
    return isNothing(value) ? "" : value.toString();
  }

  public static boolean isNothing(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  /** Whether a condition holds: {@code true}, or a text that says so. */
  public static boolean truth(JsonNode value) {
    return value.isTextual() ? value.asText().equalsIgnoreCase("true") : value.asBoolean();
  }

  static boolean same(JsonNode one, JsonNode other) {
    return one.equals(EQUALITY, other);
  }

  static boolean contains(Collection<JsonNode> values, JsonNode wanted) {
    return values.stream().anyMatch(v -> same(v, wanted));
  }

  /** The member of an object; names ignore case. */
  public static Optional<JsonNode> member(JsonNode object, String name) {
    if (object.has(name)) {
      return Optional.of(object.get(name));
    }
    return object.properties().stream()
        .filter(field -> field.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** The type of a value in the words of ARM. */
  public static String type(JsonNode value) {
    return switch (value.getNodeType()) {
      case NUMBER -> value.isIntegralNumber() ? "Integer" : "Float";
      case MISSING, NULL -> "Null";
      default -> {
        String name = value.getNodeType().name();
        yield name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
      }
    };
  }

  private TemplateValues() {}
}
