package mlops.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Values of YAML 1.1 as the readers of Azure ML understand them. */
final class YamlScalars {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Set<String> TRUE = Set.of("true", "yes", "on");

  static Optional<Long> integer(String text) {
    String digits = text.replace("_", "");
    boolean negative = digits.startsWith("-");
    String plain = negative || digits.startsWith("+") ? digits.substring(1) : digits;
    try {
      long value = Long.parseLong(plain.replaceFirst("^0[xbo]?(?=.)", ""), radix(plain));
      return Optional.of(negative ? -value : value);
    } catch (NumberFormatException e) {
      return Optional.empty(); // beyond 64 bits, or of the form 1:30
    }
  }

  private static int radix(String digits) {
    if (!digits.startsWith("0") || digits.length() == 1) {
      return 10;
    }
    return Map.of('x', 16, 'b', 2).getOrDefault(digits.charAt(1), 8);
  }

  static double number(String text) {
    String plain = text.replace("_", "").toLowerCase(Locale.ROOT);
    if (plain.endsWith(".nan")) {
      return Double.NaN;
    }
    if (plain.endsWith(".inf")) {
      return plain.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return integer(plain).map(Long::doubleValue).orElseGet(() -> Double.valueOf(plain));
  }

  static boolean flag(String text) {
    return TRUE.contains(text.toLowerCase(Locale.ROOT));
  }

  static JsonNode json(YamlContent content) {
    if (content instanceof YamlContent.Mapping map) {
      ObjectNode object = JSON.objectNode();
      map.entries().forEach((key, entry) -> object.set(key, entry.value().json()));
      return object;
    }
    if (content instanceof YamlContent.Sequence list) {
      ArrayNode array = JSON.arrayNode();
      list.items().forEach(item -> array.add(item.json()));
      return array;
    }
    return json((YamlContent.Scalar) content);
  }

  private static JsonNode json(YamlContent.Scalar scalar) {
    String text = scalar.text();
    return switch (scalar.type()) {
      case NULL -> JSON.nullNode();
      case TEXT -> JSON.textNode(text);
      case FLAG -> JSON.booleanNode(flag(text));
      case INTEGER ->
          integer(text)
              .<JsonNode>map(JSON::numberNode)
              .orElseGet(() -> JSON.numberNode(number(text)));
      case NUMBER -> JSON.numberNode(number(text));
    };
  }

  private YamlScalars() {}
}
