package mlops.emulator.template.language;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongBinaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import mlops.emulator.http.Json;

/** The functions of the template language that depend on their arguments alone. */
public final class Functions {
  private final Map<String, Function<List<JsonNode>, JsonNode>> functions = new HashMap<>();

  public Functions() {
    functions.putAll(TextFunctions.all());
    logic();
    numbers();
    collections();
  }

  boolean has(String name) {
    return functions.containsKey(name);
  }

  Set<String> names() {
    return functions.keySet();
  }

  /** Calls a function by its name in lower case. */
  JsonNode call(String name, List<JsonNode> arguments) {
    Function<List<JsonNode>, JsonNode> function = functions.get(name);
    if (function == null) {
      throw TemplateErrors.function(name);
    }
    try {
      return function.apply(arguments);
    } catch (IndexOutOfBoundsException | ArithmeticException | ClassCastException e) {
      throw TemplateErrors.arguments(name);
    }
  }

  private void logic() {
    functions.put("true", a -> BooleanNode.TRUE);
    functions.put("false", a -> BooleanNode.FALSE);
    functions.put("null", a -> NullNode.getInstance());
    functions.put("equals", a -> BooleanNode.valueOf(same(a.get(0), a.get(1))));
    functions.put("not", a -> BooleanNode.valueOf(!truth(a.get(0))));
    functions.put("and", a -> BooleanNode.valueOf(a.stream().allMatch(Functions::truth)));
    functions.put("or", a -> BooleanNode.valueOf(a.stream().anyMatch(Functions::truth)));
    functions.put("bool", a -> BooleanNode.valueOf(truth(a.get(0))));
    functions.put(
        "coalesce",
        a -> a.stream().filter(v -> !v.isNull()).findFirst().orElse(NullNode.getInstance()));
    functions.put("less", a -> BooleanNode.valueOf(compare(a) < 0));
    functions.put("lessorequals", a -> BooleanNode.valueOf(compare(a) <= 0));
    functions.put("greater", a -> BooleanNode.valueOf(compare(a) > 0));
    functions.put("greaterorequals", a -> BooleanNode.valueOf(compare(a) >= 0));
  }

  private static boolean same(JsonNode one, JsonNode other) {
    return (one.isNumber() && other.isNumber())
        ? one.decimalValue().compareTo(other.decimalValue()) == 0
        : one.equals(other);
  }

  public static boolean truth(JsonNode value) {
    return value.isTextual() ? value.asText().equalsIgnoreCase("true") : value.asBoolean();
  }

  private static int compare(List<JsonNode> a) {
    return a.get(0).isNumber()
        ? a.get(0).decimalValue().compareTo(a.get(1).decimalValue())
        : a.get(0).asText().compareTo(a.get(1).asText());
  }

  private void numbers() {
    number("add", Math::addExact);
    number("sub", Math::subtractExact);
    number("mul", Math::multiplyExact);
    number("div", (a, b) -> a / b);
    number("mod", (a, b) -> a % b);
    functions.put("int", a -> whole(TextFunctions.number(a.get(0))));
    functions.put("min", a -> whole(values(a).mapToLong(JsonNode::asLong).min().orElseThrow()));
    functions.put("max", a -> whole(values(a).mapToLong(JsonNode::asLong).max().orElseThrow()));
    functions.put(
        "range",
        a -> {
          ArrayNode range = Json.MAPPER.createArrayNode();
          for (int i = 0; i < Math.min(a.get(1).asInt(), 10_000); i++) {
            range.add(a.get(0).asInt() + i);
          }
          return range;
        });
  }

  private void number(String name, LongBinaryOperator operator) {
    functions.put(name, a -> whole(operator.applyAsLong(a.get(0).asLong(), a.get(1).asLong())));
  }

  private static JsonNode whole(long value) {
    return value == (int) value ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
  }

  private static Stream<JsonNode> values(List<JsonNode> arguments) {
    return arguments.size() == 1 && arguments.get(0).isArray()
        ? StreamSupport.stream(arguments.get(0).spliterator(), false)
        : arguments.stream();
  }

  private void collections() {
    functions.put("json", a -> parsed(a.get(0).asText()));
    functions.put("array", a -> a.get(0).isArray() ? a.get(0) : array(a));
    functions.put("createarray", Functions::array);
    functions.put(
        "createobject",
        a -> {
          ObjectNode object = Json.object();
          for (int i = 0; i < a.size(); i += 2) {
            object.set(a.get(i).asText(), a.get(i + 1));
          }
          return object;
        });
    functions.put("union", Functions::union);
    functions.put(
        "items",
        a -> {
          ArrayNode items = Json.MAPPER.createArrayNode();
          Iterator<Map.Entry<String, JsonNode>> fields = a.get(0).fields();
          fields.forEachRemaining(
              f -> items.addObject().put("key", f.getKey()).set("value", f.getValue()));
          return items;
        });
  }

  private static JsonNode parsed(String text) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw TemplateErrors.arguments("json");
    }
  }

  public static ArrayNode array(List<JsonNode> values) {
    return Json.MAPPER.createArrayNode().addAll(values);
  }

  private static JsonNode union(List<JsonNode> arguments) {
    if (arguments.get(0).isObject()) {
      ObjectNode union = Json.object();
      arguments.forEach(a -> union.setAll((ObjectNode) a));
      return union;
    }
    Set<JsonNode> values = new LinkedHashSet<>();
    arguments.forEach(a -> a.forEach(values::add));
    return array(List.copyOf(values));
  }

  public static JsonNode text(String value) {
    return TextNode.valueOf(value);
  }
}
