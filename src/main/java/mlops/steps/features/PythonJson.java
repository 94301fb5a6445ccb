package mlops.steps.features;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;

/** JSON as Python's {@code json.dumps} writes it, which Azure keeps as a text. */
final class PythonJson {

  static String text(JsonNode node) {
    if (node.isObject()) {
      List<String> members = new ArrayList<>();
      node.properties().forEach(f -> members.add(quoted(f.getKey()) + ": " + text(f.getValue())));
      return "{" + String.join(", ", members) + "}";
    }
    if (node.isArray()) {
      List<String> items = new ArrayList<>();
      node.forEach(item -> items.add(text(item)));
      return "[" + String.join(", ", items) + "]";
    }
    return node.isTextual() ? quoted(node.asText()) : node.toString();
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder();
    for (char c : TextNode.valueOf(text).toString().toCharArray()) {
      quoted.append(c < 127 ? String.valueOf(c) : "\\u%04x".formatted((int) c));
    }
    return quoted.toString();
  }

  private PythonJson() {}
}
