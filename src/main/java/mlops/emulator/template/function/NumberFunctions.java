package mlops.emulator.template.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.LongBinaryOperator;

/** Whole numbers, and what becomes one. */
final class NumberFunctions {
  private static final int LONGEST_RANGE = 10_000;

  static void addTo(FunctionTable table) {
    add(table, "add", Math::addExact);
    add(table, "sub", Math::subtractExact);
    add(table, "mul", Math::multiplyExact);
    add(table, "div", (a, b) -> a / b);
    add(table, "mod", (a, b) -> a % b);
    table.add("int", 1, 1, NumberFunctions::whole);
    table.add("float", 1, 1, NumberFunctions::decimal);
    table.add("min", 1, FunctionTable.ANY, a -> extreme(a, Math::min));
    table.add("max", 1, FunctionTable.ANY, a -> extreme(a, Math::max));
    table.add("range", 2, 2, NumberFunctions::range);
  }

  private static void add(FunctionTable table, String name, LongBinaryOperator operator) {
    table.add(
        name, 2, 2, a -> TemplateValues.number(operator.applyAsLong(a.number(0), a.number(1))));
  }

  private static JsonNode whole(Arguments a) {
    if (a.value(0).isNumber()) {
      return TemplateValues.number(a.value(0).asLong());
    }
    try {
      return TemplateValues.number(Long.parseLong(a.text(0).strip()));
    } catch (NumberFormatException e) {
      throw a.invalid("'" + a.text(0) + "' is no integer");
    }
  }

  private static JsonNode decimal(Arguments a) {
    if (a.value(0).isNumber()) {
      return DecimalNode.valueOf(a.value(0).decimalValue());
    }
    try {
      return DecimalNode.valueOf(new BigDecimal(a.text(0).strip()));
    } catch (NumberFormatException e) {
      throw a.invalid("'" + a.text(0) + "' is no number");
    }
  }

  private static JsonNode extreme(Arguments a, LongBinaryOperator choose) {
    boolean list = a.size() == 1 && a.value(0).isArray();
    Arguments all = list ? new Arguments(a.function(), TemplateValues.list(a.value(0))) : a;
    if (all.size() == 0) {
      throw a.invalid("the array is empty");
    }
    long found = all.number(0);
    for (int i = 1; i < all.size(); i++) {
      found = choose.applyAsLong(found, all.number(i));
    }
    return TemplateValues.number(found);
  }

  private static JsonNode range(Arguments a) {
    int start = a.integer(0);
    int count = a.integer(1);
    if (count < 0 || count > LONGEST_RANGE || (long) start + count > Integer.MAX_VALUE) {
      throw a.invalid(
          "the count is not between 0 and %d, or the range leaves the integers"
              .formatted(LONGEST_RANGE));
    }
    ArrayNode range = TemplateValues.array(List.of());
    for (int i = 0; i < count; i++) {
      range.add(start + i);
    }
    return range;
  }

  private NumberFunctions() {}
}
