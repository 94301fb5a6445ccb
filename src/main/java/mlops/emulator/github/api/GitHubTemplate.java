package mlops.emulator.github.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import mlops.emulator.http.Json;

/** The many links of GitHub's objects: JSON files in which {@code $name} stands for a value. */
final class GitHubTemplate {

  /** The object in a file, with its names replaced. */
  static ObjectNode fill(String file, Map<String, String> values) {
    ObjectNode object = (ObjectNode) Json.resource(GitHubTemplate.class, file + ".json");
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      if (member.getValue().isTextual()) {
        String text = member.getValue().asText();
        for (Map.Entry<String, String> value : values.entrySet()) {
          text = text.replace("$" + value.getKey(), value.getValue());
        }
        member.setValue(TextNode.valueOf(text));
      }
    }
    return object;
  }

  private GitHubTemplate() {}
}
