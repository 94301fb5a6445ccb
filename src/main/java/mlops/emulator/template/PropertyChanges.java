package mlops.emulator.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import mlops.emulator.http.Json;
import org.jspecify.annotations.Nullable;

/**
 * How a resource differs from what a template says of it, as {@code WhatIfPropertyChange}s. What
 * the template leaves out stays as it is, but for tags, of which a deployment keeps no other.
 */
final class PropertyChanges {
  private static final Set<String> IGNORING_CASE = Set.of("location", "type");

  /** The differences; empty where a deployment would change nothing. */
  static List<ObjectNode> between(JsonNode before, JsonNode after) {
    List<ObjectNode> changes = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : after.properties()) {
      JsonNode old = before.path(field.getKey());
      changes.addAll(member(field.getKey(), old, field.getValue()));
    }
    if (after.path("tags").isObject()) {
      before.path("tags").properties().stream()
          .filter(tag -> !after.path("tags").has(tag.getKey()))
          .forEach(
              tag -> changes.add(change("tags." + tag.getKey(), "Delete", tag.getValue(), null)));
    }
    return changes;
  }

  private static List<ObjectNode> member(String path, JsonNode before, JsonNode after) {
    if (after.isObject() && before.isObject()) {
      List<ObjectNode> changes = new ArrayList<>();
      after
          .properties()
          .forEach(
              field ->
                  changes.addAll(
                      member(
                          path + "." + field.getKey(),
                          before.path(field.getKey()),
                          field.getValue())));
      return changes;
    }
    if (isSame(path, before, after)) {
      return List.of();
    }
    if (before.isMissingNode() || before.isNull()) {
      return List.of(change(path, "Create", null, after));
    }
    return List.of(
        before.isArray() && after.isArray()
            ? array(path, before, after)
            : change(path, "Modify", before, after));
  }

  /** An array has its elements as children, named by their places. */
  private static ObjectNode array(String path, JsonNode before, JsonNode after) {
    ObjectNode change = change(path, "Array", null, null);
    ArrayNode children = change.putArray("children");
    for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
      JsonNode old = before.path(i);
      JsonNode wanted = after.path(i);
      String place = String.valueOf(i);
      if (wanted.isMissingNode()) {
        children.add(change(place, "Delete", old, null));
      } else {
        member(place, old, wanted).forEach(children::add);
      }
    }
    return change;
  }

  private static boolean isSame(String path, JsonNode before, JsonNode after) {
    if (IGNORING_CASE.contains(path)) {
      return plain(before).equals(plain(after));
    }
    if (before.isArray() && after.isArray() && before.size() == after.size()) {
      Iterator<JsonNode> old = before.elements();
      for (JsonNode wanted : after) {
        if (!member("", old.next(), wanted).isEmpty()) {
          return false;
        }
      }
      return true;
    }
    return before.equals(after)
        || (before.isNumber() && after.isNumber() && before.asDouble() == after.asDouble());
  }

  /** Locations have a short and a shown name. */
  private static String plain(JsonNode text) {
    return text.asText().replace(" ", "").toLowerCase(Locale.ROOT);
  }

  private static ObjectNode change(
      String path, String type, @Nullable JsonNode before, @Nullable JsonNode after) {
    ObjectNode change = Json.object().put("path", path).put("propertyChangeType", type);
    if (before != null) {
      change.set("before", before);
    }
    if (after != null) {
      change.set("after", after);
    }
    return change;
  }

  private PropertyChanges() {}
}
