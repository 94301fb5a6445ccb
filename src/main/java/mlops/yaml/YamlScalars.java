package mlops.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Values of YAML 1.1 as the readers of Azure ML understand them. */
final class YamlScalars {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final BigDecimal SIXTY = BigDecimal.valueOf(60);
  private static final Set<String> TRUE = Set.of("true", "yes", "on");

  /** A whole number of any size; empty where the text is none. */
  static Optional<BigInteger> integer(String text) {
    String digits = text.replace("_", "");
    boolean negative = digits.startsWith("-");
    String plain = negative || digits.startsWith("+") ? digits.substring(1) : digits;
    try {
      BigInteger value =
          plain.contains(":")
              ? sexagesimal(plain).toBigIntegerExact()
              : new BigInteger(plain.replaceFirst("^0[xbo]?(?=.)", ""), radix(plain));
      return Optional.of(negative ? value.negate() : value);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static int radix(String digits) {
    if (!digits.startsWith("0") || digits.length() == 1) {
      return 10;
    }
    return Map.of('x', 16, 'b', 2).getOrDefault(digits.charAt(1), 8);
  }

  /** Hours, minutes and seconds, or the like: {@code 1:30} is 90. */
  private static BigDecimal sexagesimal(String plain) {
    BigDecimal value = BigDecimal.ZERO;
    for (String part : plain.split(":", -1)) {
      value = value.multiply(SIXTY).add(new BigDecimal(part));
    }
    return value;
  }

  static double number(String text) {
    String plain = text.replace("_", "").toLowerCase(Locale.ROOT);
    if (plain.endsWith(".nan")) {
      return Double.NaN;
    }
    boolean negative = plain.startsWith("-");
    if (plain.endsWith(".inf")) {
      return negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (plain.contains(":")) {
      double value = sexagesimal(plain.replaceFirst("^[-+]", "")).doubleValue();
      return negative ? -value : value;
    }
    return integer(plain).map(BigInteger::doubleValue).orElseGet(() -> Double.valueOf(plain));
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
      case TEXT, DATE -> JSON.textNode(text);
      case FLAG -> JSON.booleanNode(flag(text));
      case INTEGER ->
          integer(text).map(YamlScalars::whole).orElseGet(() -> JSON.numberNode(number(text)));
      case NUMBER -> JSON.numberNode(number(text));
    };
  }

  private static JsonNode whole(BigInteger value) {
    return value.bitLength() < Long.SIZE
        ? JSON.numberNode(value.longValue())
        : JSON.numberNode(value);
  }

  private YamlScalars() {}
}
