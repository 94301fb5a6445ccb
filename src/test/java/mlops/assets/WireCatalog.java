package mlops.assets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.Shared;

/** What Azure's own clients were seen to send. */
final class WireCatalog {
  private static final Pattern PUT =
      Pattern.compile(
          "\\d+\\. `PUT (https://management[^`?]+)[^\\n]*\\n(?:   - response[^\\n]*\\n)?   ```json\\n(.*?)\\n   ```",
          Pattern.DOTALL);

  /** The body of the first PUT of a command whose URL holds a text. */
  static JsonNode body(String command, String url) {
    return bodies(command, url).get(0);
  }

  static List<JsonNode> bodies(String command, String url) {
    List<JsonNode> bodies = new ArrayList<>();
    Matcher puts = PUT.matcher(section(command));
    while (puts.find()) {
      if (puts.group(1).contains(url)) {
        bodies.add(json(puts.group(2)));
      }
    }
    return bodies;
  }

  private static String section(String command) {
    try {
      String catalog = Files.readString(Shared.path("wire-catalog.md"));
      int start = catalog.indexOf("\n## `" + command);
      return catalog.substring(start, catalog.indexOf("\n## ", start + 1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As it is on the wire, where a long and an int are the same. */
  static JsonNode sent(Resource resource) {
    return json(resource.body().toString());
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private WireCatalog() {}
}
