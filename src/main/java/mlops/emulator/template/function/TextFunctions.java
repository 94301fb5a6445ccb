package mlops.emulator.template.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Functions on texts. Those that take arrays too are with the collections. */
final class TextFunctions {
  private static final int LONGEST_PADDING = 10_000;

  static void addTo(FunctionTable table) {
    text(table, "toLower", t -> t.toLowerCase(Locale.ROOT));
    text(table, "toUpper", t -> t.toUpperCase(Locale.ROOT));
    text(table, "trim", String::strip);
    table.add("string", 1, 1, a -> TemplateValues.text(TemplateValues.shown(a.value(0))));
    table.add("replace", 3, 3, a -> TemplateValues.text(a.text(0).replace(a.text(1), a.text(2))));
    table.add("format", 1, FunctionTable.ANY, TextFormat::of);
    table.add("startsWith", 2, 2, a -> BooleanNode.valueOf(lower(a, 0).startsWith(lower(a, 1))));
    table.add("endsWith", 2, 2, a -> BooleanNode.valueOf(lower(a, 0).endsWith(lower(a, 1))));
    table.add("padLeft", 2, 3, TextFunctions::padded);
    table.add("split", 2, 2, TextFunctions::split);
    table.add("substring", 2, 3, TextFunctions::substring);
    table.add(
        "uniqueString",
        1,
        FunctionTable.ANY,
        a -> TemplateValues.text(TemplateHash.unique(key(a))));
    table.add("guid", 1, FunctionTable.ANY, a -> TemplateValues.text(TemplateHash.guid(key(a))));
  }

  private static void text(FunctionTable table, String name, UnaryOperator<String> change) {
    table.add(name, 1, 1, a -> TemplateValues.text(change.apply(a.text(0))));
  }

  private static String lower(Arguments a, int index) {
    return a.text(index).toLowerCase(Locale.ROOT);
  }

  private static String key(Arguments a) {
    for (int i = 0; i < a.size(); i++) {
      a.text(i);
    }
    return a.values().stream().map(JsonNode::asText).collect(Collectors.joining("-"));
  }

  private static JsonNode padded(Arguments a) {
    String value = a.value(0).isIntegralNumber() ? a.value(0).asText() : a.text(0);
    String pad = a.size() > 2 ? a.text(2) : " ";
    if (pad.length() != 1) {
      throw a.invalid("the padding is not one character");
    }
    int missing = Math.min(Math.max(a.integer(1) - value.length(), 0), LONGEST_PADDING);
    return TemplateValues.text(pad.repeat(missing) + value);
  }

  private static JsonNode split(Arguments a) {
    List<JsonNode> delimiters =
        a.value(1).isArray()
            ? TemplateValues.list(a.value(1))
            : List.of(TemplateValues.text(a.text(1)));
    String regex =
        delimiters.stream().map(d -> Pattern.quote(d.asText())).collect(Collectors.joining("|"));
    ArrayNode parts = TemplateValues.array(List.of());
    Arrays.stream(a.text(0).split(regex, -1)).forEach(parts::add);
    return parts;
  }

  private static JsonNode substring(Arguments a) {
    String value = a.text(0);
    int from = a.integer(1);
    int to = a.size() > 2 ? from + a.integer(2) : value.length();
    if (from < 0 || from > value.length() || to < from || to > value.length()) {
      throw a.invalid(
          "the index and length parameters must refer to a location within the text of length "
              + value.length());
    }
    return TemplateValues.text(value.substring(from, to));
  }

  private TextFunctions() {}
}
