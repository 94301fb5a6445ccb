package mlops.assets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Bodies without what two good translations may differ in: names that a client makes up, its
 * bookkeeping, what Azure takes alike. In the place of an id of something that came along stands
 * that thing.
 */
final class PlainBody {
  private static final Set<String> BOOKKEEPING =
      Set.of("client_component_hash", "hash_sha256", "hash_version");
  private static final Set<String> UPLOADED = Set.of("codeUri", "contextUri");
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "isArchived", "false",
          "isAnonymous", "false",
          "isDefault", "false",
          "dockerfilePath", "Dockerfile",
          "parameterServerCount", "0");

  private final Map<String, JsonNode> brought;

  /**
   * @param brought bodies by ARM path
   */
  PlainBody(Map<String, JsonNode> brought) {
    this.brought = brought;
  }

  JsonNode of(JsonNode json) {
    if (json instanceof ObjectNode object) {
      return object(object);
    }
    if (json instanceof ArrayNode array) {
      ArrayNode plain = JsonNodeFactory.instance.arrayNode();
      array.forEach(item -> plain.add(of(item)));
      return plain;
    }
    return json.isTextual() ? text(json.asText()) : json;
  }

  private ObjectNode object(ObjectNode object) {
    ObjectNode plain = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : new TreeMap<>(asMap(object)).entrySet()) {
      JsonNode value =
          UPLOADED.contains(field.getKey()) ? TextNode.valueOf("UPLOADED") : of(field.getValue());
      if (!value.isNull()
          && !(value.isContainerNode() && value.isEmpty())
          && !BOOKKEEPING.contains(field.getKey())
          && !value.asText().equals(DEFAULTS.get(field.getKey()))) {
        plain.set(field.getKey(), value);
      }
    }
    return plain;
  }

  private static Map<String, JsonNode> asMap(ObjectNode object) {
    Map<String, JsonNode> map = new LinkedHashMap<>();
    object.properties().forEach(field -> map.put(field.getKey(), field.getValue()));
    return map;
  }

  private JsonNode text(String text) {
    JsonNode body = brought.get(text.replaceFirst("^azureml:/", "/"));
    if (body != null) {
      ObjectNode thing = JsonNodeFactory.instance.objectNode();
      thing.put("prefixed", text.startsWith("azureml:"));
      return thing.set("brought", of(body));
    }
    return TextNode.valueOf(
        text.replace("%3C", "<") // the recorded service named a compute as it stood in the URL
            .replace("%3E", ">")
            .replaceFirst("LocalUpload/([0-9a-f]{64}|[0-9a-f]{32})/", "LocalUpload/HASH/"));
  }

  /** Where two differ, and how. */
  static Map<String, String> differences(JsonNode expected, JsonNode actual) {
    Map<String, String> found = new TreeMap<>();
    compare("", expected, actual, found);
    return found;
  }

  private static void compare(
      String at, JsonNode expected, JsonNode actual, Map<String, String> found) {
    if (expected.isObject() && actual.isObject()) {
      Set<String> keys = new TreeSet<>();
      expected.fieldNames().forEachRemaining(keys::add);
      actual.fieldNames().forEachRemaining(keys::add);
      keys.forEach(key -> compare(at + "/" + key, expected.path(key), actual.path(key), found));
    } else if (!same(expected, actual) && !isMadeUp(at, expected, actual)) {
      found.put(at, "%s, not %s".formatted(expected, actual));
    }
  }

  private static boolean same(JsonNode expected, JsonNode actual) {
    return (expected.isNumber() && actual.isNumber())
        ? expected.decimalValue().compareTo(actual.decimalValue()) == 0
        : expected.equals(actual);
  }

  /** A name that a client makes up where the file gives none; older ones name other things. */
  private static boolean isMadeUp(String at, JsonNode expected, JsonNode actual) {
    if (expected.asText().matches(".*/azureml_anonymous/versions/[^/]+")) {
      return actual.has("brought"); // the recorded client found one there
    }
    boolean job =
        at.equals("/properties/experimentName") || expected.asText().equals("generated_name");
    return job
        ? actual.isMissingNode()
        : at.endsWith("/componentSpec/display_name") && expected.isMissingNode();
  }
}
