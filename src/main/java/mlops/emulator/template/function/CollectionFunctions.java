package mlops.emulator.template.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Functions on arrays; many take texts or objects too. */
final class CollectionFunctions {

  static void addTo(FunctionTable table) {
    table.add(
        "array", 1, 1, a -> a.value(0).isArray() ? a.value(0) : TemplateValues.array(a.values()));
    table.add("createArray", 0, FunctionTable.ANY, a -> TemplateValues.array(a.values()));
    table.add("concat", 1, FunctionTable.ANY, CollectionFunctions::concat);
    table.add("contains", 2, 2, CollectionFunctions::contains);
    table.add("length", 1, 1, a -> TemplateValues.number(length(a, 0)));
    table.add("empty", 1, 1, a -> BooleanNode.valueOf(a.value(0).isNull() || length(a, 0) == 0));
    table.add("first", 1, 1, a -> one(a, 0));
    table.add("last", 1, 1, a -> one(a, length(a, 0) - 1));
    table.add("take", 2, 2, a -> part(a, 0, a.integer(1)));
    table.add("skip", 2, 2, a -> part(a, a.integer(1), length(a, 0)));
    table.add("indexOf", 2, 2, a -> index(a, false));
    table.add("lastIndexOf", 2, 2, a -> index(a, true));
    table.add("indexFromEnd", 2, 2, a -> fromEnd(a).orElseThrow(() -> outside(a)));
    table.add("tryIndexFromEnd", 2, 2, a -> fromEnd(a).orElse(TemplateValues.NULL));
    table.add("tryGet", 2, FunctionTable.ANY, CollectionFunctions::tryGet);
    table.add("flatten", 1, 1, CollectionFunctions::flatten);
    table.add("join", 2, 2, CollectionFunctions::join);
  }

  private static JsonNode concat(Arguments a) {
    if (a.value(0).isArray()) {
      ArrayNode all = TemplateValues.array(List.of());
      for (int i = 0; i < a.size(); i++) {
        all.addAll(a.array(i));
      }
      return all;
    }
    for (int i = 0; i < a.size(); i++) {
      if (a.value(i).isContainerNode()) {
        throw a.wrong(i, "String");
      }
    }
    return TemplateValues.text(
        a.values().stream().map(TemplateValues::shown).collect(Collectors.joining()));
  }

  /** Keys of objects ignore case; texts and elements do not. */
  private static JsonNode contains(Arguments a) {
    JsonNode in = a.value(0);
    JsonNode wanted = a.value(1);
    if (in.isObject()) {
      return BooleanNode.valueOf(
          TemplateValues.member(in, TemplateValues.shown(wanted)).isPresent());
    }
    return BooleanNode.valueOf(
        in.isArray()
            ? TemplateValues.contains(TemplateValues.list(in), wanted)
            : a.text(0).contains(TemplateValues.shown(wanted)));
  }

  private static int length(Arguments a, int index) {
    JsonNode value = a.value(index);
    if (!value.isContainerNode() && !value.isTextual()) {
      throw a.wrong(index, "Array', 'Object' or 'String");
    }
    return value.isContainerNode() ? value.size() : value.asText().length();
  }

  private static JsonNode one(Arguments a, int at) {
    if (a.value(0).isTextual()) {
      String text = a.text(0);
      return TemplateValues.text(text.isEmpty() ? "" : text.substring(at, at + 1));
    }
    ArrayNode array = a.array(0);
    return array.isEmpty() ? TemplateValues.NULL : array.get(at);
  }

  private static JsonNode part(Arguments a, int from, int to) {
    int length = a.value(0).isTextual() ? a.text(0).length() : a.array(0).size();
    int start = Math.max(0, Math.min(from, length));
    int end = Math.max(start, Math.min(to, length));
    return a.value(0).isTextual()
        ? TemplateValues.text(a.text(0).substring(start, end))
        : TemplateValues.array(TemplateValues.list(a.value(0)).subList(start, end));
  }

  /** Texts are searched without regard to case, arrays by equal elements. */
  private static JsonNode index(Arguments a, boolean last) {
    if (!a.value(0).isArray()) {
      String in = a.text(0).toLowerCase(Locale.ROOT);
      String wanted = a.text(1).toLowerCase(Locale.ROOT);
      return TemplateValues.number(last ? in.lastIndexOf(wanted) : in.indexOf(wanted));
    }
    List<JsonNode> values = TemplateValues.list(a.value(0));
    int found = -1;
    for (int i = 0; i < values.size() && (last || found < 0); i++) {
      found = TemplateValues.same(values.get(i), a.value(1)) ? i : found;
    }
    return TemplateValues.number(found);
  }

  /** The element at a place that is counted from the end; the last is 1. */
  private static Optional<JsonNode> fromEnd(Arguments a) {
    ArrayNode array = a.array(0);
    int back = a.integer(1);
    return back >= 1 && back <= array.size()
        ? Optional.of(array.get(array.size() - back))
        : Optional.empty();
  }

  private static RuntimeException outside(Arguments a) {
    return a.invalid(
        "the index %s is outside of the array of %d elements"
            .formatted(a.value(1), a.array(0).size()));
  }

  /** A member or an element, and what is in it; null where one of them is missing. */
  private static JsonNode tryGet(Arguments a) {
    JsonNode value = a.value(0);
    for (int i = 1; i < a.size(); i++) {
      JsonNode key = a.value(i);
      JsonNode inside =
          key.isIntegralNumber()
              ? value.path(key.asInt())
              : TemplateValues.member(value, a.text(i)).orElse(TemplateValues.NULL);
      value = TemplateValues.isNothing(inside) ? TemplateValues.NULL : inside;
    }
    return value;
  }

  private static JsonNode flatten(Arguments a) {
    List<JsonNode> all = new ArrayList<>();
    for (JsonNode inner : a.array(0)) {
      if (!inner.isArray()) {
        throw a.invalid("an element of the array is no array");
      }
      inner.forEach(all::add);
    }
    return TemplateValues.array(all);
  }

  private static JsonNode join(Arguments a) {
    return TemplateValues.text(
        TemplateValues.list(a.array(0)).stream()
            .map(TemplateValues::shown)
            .collect(Collectors.joining(a.text(1))));
  }

  private CollectionFunctions() {}
}
