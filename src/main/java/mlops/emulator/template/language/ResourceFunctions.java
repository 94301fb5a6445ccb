package mlops.emulator.template.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import mlops.emulator.http.Json;
import mlops.emulator.template.function.Arguments;
import mlops.emulator.template.function.FunctionTable;
import mlops.emulator.template.function.TemplateErrors;

/** The functions that ask resources: {@code reference}, {@code list…} and their relatives. */
final class ResourceFunctions {
  private static final Set<String> NAMES = Set.of("reference", "references", "resourceinfo");

  private final ResourceReader references;

  ResourceFunctions(ResourceReader references) {
    this.references = references;
  }

  /** Whether a name, in lower case, is one of these: all that begin with {@code list} are. */
  static boolean has(String name) {
    return NAMES.contains(name) || name.startsWith("list");
  }

  JsonNode call(Arguments a, Frame frame) {
    String name = a.function();
    if (name.equals("resourceinfo")) {
      FunctionTable.requireCount(name, 1, 1, a.size());
      return references.info(a.text(0));
    }
    if (frame.stage() != Frame.Stage.DEPLOYMENT || frame.arguments() != null) {
      throw TemplateErrors.place(name);
    }
    return switch (name) {
      case "reference" -> reference(a);
      case "references" -> references(a);
      default -> action(a);
    };
  }

  /** {@code reference(idOrName, [apiVersion], ['Full'])}. */
  private JsonNode reference(Arguments a) {
    FunctionTable.requireCount(a.function(), 1, 3, a.size());
    return shown(references.resource(a.text(0), a.has(1) ? a.text(1) : ""), a.has(2), a, 2);
  }

  /** {@code references(nameOfLoop, ['Full'])}: all resources of a loop. */
  private JsonNode references(Arguments a) {
    FunctionTable.requireCount(a.function(), 1, 2, a.size());
    ArrayNode all = Json.MAPPER.createArrayNode();
    for (ObjectNode resource : references.loop(a.text(0))) {
      all.add(shown(resource, a.has(1), a, 1));
    }
    return all;
  }

  private static JsonNode shown(ObjectNode resource, boolean asked, Arguments a, int index) {
    if (!asked) {
      return resource.path("properties");
    }
    if (!a.text(index).equalsIgnoreCase("Full") && !a.text(index).equalsIgnoreCase("Properties")) {
      throw a.invalid("'%s' is neither Full nor Properties".formatted(a.text(index)));
    }
    return a.text(index).equalsIgnoreCase("Full") ? resource : resource.path("properties");
  }

  /** {@code listKeys(idOrName, apiVersion, [body])} and all other actions that list. */
  private JsonNode action(Arguments a) {
    FunctionTable.requireCount(a.function(), 2, 3, a.size());
    JsonNode body = a.has(2) ? a.object(2) : Json.object();
    return references.action(a.text(0), a.function(), a.text(1), body);
  }
}
