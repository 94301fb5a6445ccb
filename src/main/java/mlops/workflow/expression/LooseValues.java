package mlops.workflow.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.math.BigDecimal;

/** How GitHub's expressions take values of one type for those of another. */
final class LooseValues {

  /** False are {@code false}, {@code 0}, the empty text, {@code null}, and what is no number. */
  static boolean isTrue(JsonNode value) {
    if (value.isTextual()) {
      return !value.asText().isEmpty();
    }
    if (value.isNumber()) {
      return value.asDouble() != 0 && !Double.isNaN(value.asDouble());
    }
    return value.isContainerNode() || value.asBoolean();
  }

  /** The text of a value, as it stands in the place of an expression. */
  static String text(JsonNode value) {
    if (value.isNull() || value.isMissingNode()) {
      return "";
    }
    if (value.isNumber()) {
      return number(value.asDouble());
    }
    return value.isContainerNode() ? (value.isArray() ? "Array" : "Object") : value.asText();
  }

  private static String number(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return String.valueOf(value);
    }
    return new BigDecimal(value == 0 ? "0" : Double.toString(value))
        .stripTrailingZeros()
        .toPlainString();
  }

  /**
   * Text is compared whatever its case; values of two types as numbers, which maps and lists are
   * not.
   */
  static boolean isEqual(JsonNode a, JsonNode b) {
    if (a.isTextual() && b.isTextual()) {
      return a.asText().equalsIgnoreCase(b.asText());
    }
    return number(a) == number(b); // false where one is no number
  }

  static BooleanNode isBefore(JsonNode a, JsonNode b, boolean orEqual) {
    if (a.isTextual() && b.isTextual()) {
      int order = a.asText().compareToIgnoreCase(b.asText());
      return BooleanNode.valueOf(orEqual ? order <= 0 : order < 0);
    }
    return BooleanNode.valueOf(orEqual ? number(a) <= number(b) : number(a) < number(b));
  }

  private static double number(JsonNode value) {
    if (value.isNumber()) {
      return value.asDouble();
    }
    if (value.isBoolean()) {
      return value.asBoolean() ? 1 : 0;
    }
    if (value.isTextual()) {
      return parsed(value.asText().strip());
    }
    return value.isContainerNode() ? Double.NaN : 0;
  }

  private static double parsed(String text) {
    try {
      return text.isEmpty() ? 0 : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private LooseValues() {}
}
