package mlops.emulator.template.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.util.function.IntPredicate;

/**
 * Comparisons and logic. {@code if}, {@code and}, {@code or}, {@code coalesce} are evaluated
 * elsewhere.
 */
final class LogicFunctions {

  static void addTo(FunctionTable table) {
    table.add("true", 0, 0, a -> BooleanNode.TRUE);
    table.add("false", 0, 0, a -> BooleanNode.FALSE);
    table.add("null", 0, 0, a -> TemplateValues.NULL);
    table.add(
        "equals", 2, 2, a -> BooleanNode.valueOf(TemplateValues.same(a.value(0), a.value(1))));
    table.add("not", 1, 1, a -> BooleanNode.valueOf(!a.truth(0)));
    table.add("bool", 1, 1, LogicFunctions::bool);
    compare(table, "less", order -> order < 0);
    compare(table, "lessOrEquals", order -> order <= 0);
    compare(table, "greater", order -> order > 0);
    compare(table, "greaterOrEquals", order -> order >= 0);
  }

  private static JsonNode bool(Arguments a) {
    JsonNode value = a.value(0);
    if (value.isBoolean()) {
      return value;
    }
    if (value.isNumber()) {
      return BooleanNode.valueOf(value.asLong() != 0);
    }
    String text = a.text(0).strip();
    if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
      throw a.invalid("'" + text + "' is neither true nor false");
    }
    return BooleanNode.valueOf(text.equalsIgnoreCase("true"));
  }

  private static void compare(FunctionTable table, String name, IntPredicate holds) {
    table.add(name, 2, 2, a -> BooleanNode.valueOf(holds.test(order(a))));
  }

  /** Numbers by their value, texts by their characters. */
  private static int order(Arguments a) {
    if (a.value(0).isNumber()) {
      if (!a.value(1).isNumber()) {
        throw a.wrong(1, "Integer");
      }
      return a.value(0).decimalValue().compareTo(a.value(1).decimalValue());
    }
    return a.text(0).compareTo(a.text(1));
  }

  private LogicFunctions() {}
}
