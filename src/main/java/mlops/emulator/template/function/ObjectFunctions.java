package mlops.emulator.template.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mlops.emulator.http.Json;

/** Functions on objects, and sets of values. */
final class ObjectFunctions {

  static void addTo(FunctionTable table) {
    table.add("createObject", 0, FunctionTable.ANY, ObjectFunctions::createObject);
    table.add("items", 1, 1, ObjectFunctions::items);
    table.add("objectKeys", 1, 1, ObjectFunctions::keys);
    table.add("shallowMerge", 1, 1, ObjectFunctions::shallowMerge);
    table.add("union", 1, FunctionTable.ANY, ObjectFunctions::union);
    table.add("intersection", 2, FunctionTable.ANY, ObjectFunctions::intersection);
  }

  private static JsonNode createObject(Arguments a) {
    if (a.size() % 2 != 0) {
      throw a.invalid("each key needs a value");
    }
    ObjectNode object = Json.object();
    for (int i = 0; i < a.size(); i += 2) {
      object.set(a.text(i), a.value(i + 1));
    }
    return object;
  }

  private static Map<String, JsonNode> sorted(Arguments a) {
    Map<String, JsonNode> sorted = new TreeMap<>();
    a.object(0).properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
    return sorted;
  }

  private static JsonNode items(Arguments a) {
    ArrayNode items = TemplateValues.array(List.of());
    sorted(a).forEach((key, value) -> items.addObject().put("key", key).set("value", value));
    return items;
  }

  private static JsonNode keys(Arguments a) {
    ArrayNode keys = TemplateValues.array(List.of());
    sorted(a).keySet().forEach(keys::add);
    return keys;
  }

  private static JsonNode shallowMerge(Arguments a) {
    ObjectNode merged = Json.object();
    for (JsonNode object : a.array(0)) {
      if (!object.isObject()) {
        throw a.invalid("an element of the array is no object");
      }
      merged.setAll((ObjectNode) object);
    }
    return merged;
  }

  private static JsonNode union(Arguments a) {
    if (a.value(0).isObject()) {
      ObjectNode union = Json.object();
      for (int i = 0; i < a.size(); i++) {
        merge(union, a.object(i));
      }
      return union;
    }
    List<JsonNode> values = new ArrayList<>();
    for (int i = 0; i < a.size(); i++) {
      for (JsonNode value : a.array(i)) {
        if (!TemplateValues.contains(values, value)) {
          values.add(value);
        }
      }
    }
    return TemplateValues.array(values);
  }

  /** Objects in objects are merged too; of all else the later value counts. */
  private static void merge(ObjectNode into, ObjectNode from) {
    for (Map.Entry<String, JsonNode> field : from.properties()) {
      JsonNode known = into.path(field.getKey());
      if (known.isObject() && field.getValue() instanceof ObjectNode inner) {
        ObjectNode both = known.deepCopy();
        merge(both, inner);
        into.set(field.getKey(), both);
      } else {
        into.set(field.getKey(), field.getValue());
      }
    }
  }

  private static JsonNode intersection(Arguments a) {
    if (a.value(0).isObject()) {
      ObjectNode common = a.object(0).deepCopy();
      for (int i = 1; i < a.size(); i++) {
        ObjectNode other = a.object(i);
        common
            .properties()
            .removeIf(f -> !TemplateValues.same(f.getValue(), other.path(f.getKey())));
      }
      return common;
    }
    List<JsonNode> common = new ArrayList<>();
    for (JsonNode value : a.array(0)) {
      if (!TemplateValues.contains(common, value)) {
        common.add(value);
      }
    }
    for (int i = 1; i < a.size(); i++) {
      List<JsonNode> other = TemplateValues.list(a.array(i));
      common.removeIf(value -> !TemplateValues.contains(other, value));
    }
    return TemplateValues.array(common);
  }

  private ObjectFunctions() {}
}
