package mlops.cli.look;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mlops.cli.terminal.Console;
import mlops.cli.terminal.Style;
import mlops.cli.terminal.TerminalWidth;
import mlops.cli.terminal.TextTable;

/**
 * Resources for people: the fields of one, a row for each of several.
 *
 * @param columns of the terminal
 */
record ResourceRows(int columns, Style style) {
  private static final int MOST = 20;
  private static final int MINUTE = 16;
  private static final int WIDEST_NAME = 36;

  List<String> lines(ShownThing thing) {
    List<String> lines = new ArrayList<>();
    if (thing.isList()) {
      lines.addAll(rows(thing.found()));
      if (thing.found().size() > MOST) {
        lines.add("… and %d more (-o json has all)".formatted(thing.found().size() - MOST));
      }
    } else {
      lines.addAll(fields(thing.found().get(0)));
    }
    lines.add("");
    lines.add(style.dim(thing.id()));
    return lines;
  }

  private List<String> rows(List<ObjectNode> found) {
    List<List<String>> rows = new ArrayList<>();
    for (ObjectNode one : found.stream().limit(MOST).toList()) {
      JsonNode properties = one.path("properties");
      String created = one.at("/systemData/createdAt").asText();
      rows.add(
          List.of(
              one.path("name").asText(),
              properties
                  .path("status")
                  .asText(properties.path("provisioningState").asText(one.path("kind").asText())),
              created.length() < MINUTE ? created : created.substring(0, MINUTE).replace('T', ' '),
              ResourceFields.brief(properties.path("roleDefinitionId").asText()),
              properties.path("principalId").asText()));
    }
    List<String> head = List.of("name", "state", "created", "role", "principal");
    return new TextTable(head, rows).lines(columns);
  }

  private List<String> fields(ObjectNode resource) {
    Map<String, String> fields = ResourceFields.of(resource);
    int width =
        fields.keySet().stream()
            .mapToInt(TerminalWidth::length)
            .filter(w -> w <= WIDEST_NAME)
            .max()
            .orElse(0);
    List<String> lines = new ArrayList<>();
    fields.forEach((name, value) -> lines.addAll(field(name, Console.safe(value), width)));
    return lines;
  }

  private List<String> field(String name, String value, int width) {
    int indent = Math.min(width + 2, Math.max(2, columns / 2));
    String label = style.dim(name) + " ".repeat(Math.max(2, indent - TerminalWidth.length(name)));
    String line = label + value;
    if (TerminalWidth.length(line) <= columns) {
      return List.of(line);
    }
    List<String> wrapped = TerminalWidth.wrapped(value, columns, indent).lines().toList();
    List<String> lines = new ArrayList<>();
    if (TerminalWidth.length(name) + 2 > indent) {
      lines.add(style.dim(name));
      lines.add(wrapped.get(0));
    } else {
      lines.add(label + wrapped.get(0).strip());
    }
    lines.addAll(wrapped.subList(1, wrapped.size()));
    return lines;
  }
}
