package mlops.emulator.template.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import mlops.emulator.http.Json;

/** How an exported template names its resources: by parameters, or as they are called. */
final class ExportedNames {
  private final ExportOptions options;
  private final Map<String, String> parameters = new LinkedHashMap<>();
  private final Map<String, ExportedId> ids = new LinkedHashMap<>();

  ExportedNames(ExportOptions options) {
    this.options = options;
  }

  /** Takes the id of a resource that is going to be in the template. */
  void add(ExportedId id) {
    ids.put(id.text().toLowerCase(Locale.ROOT), id);
    if (!options.literalNames()) {
      parameters.put(parameter(id), id.names().get(0));
    }
  }

  private static String parameter(ExportedId id) {
    String name = id.names().get(0);
    return "%s_%s_name".formatted(id.types().get(0), name.replaceAll("[^A-Za-z0-9]", "_"));
  }

  /** The parameters of the template. */
  ObjectNode parameters() {
    ObjectNode all = Json.object();
    parameters.forEach(
        (name, value) -> {
          ObjectNode parameter = all.putObject(name);
          if (options.defaults()) {
            parameter.put("defaultValue", value);
          }
          parameter.put("type", "String");
        });
    return all;
  }

  /** The name of a resource as its template says it. */
  String name(ExportedId id) {
    if (options.literalNames()) {
      return String.join("/", id.names());
    }
    String rest = String.join("/", id.names().subList(1, id.names().size()));
    String parameter = "parameters('%s')".formatted(parameter(id));
    return rest.isEmpty()
        ? "[" + parameter + "]"
        : "[concat(%s, '/%s')]".formatted(parameter, rest.replace("'", "''"));
  }

  /** The expression for the id of a resource of this template, whatever the case of its letters. */
  Optional<String> reference(String id) {
    return Optional.ofNullable(ids.get(id.toLowerCase(Locale.ROOT))).map(this::reference);
  }

  String reference(ExportedId id) {
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < id.names().size(); i++) {
      boolean parameter = i == 0 && !options.literalNames();
      String literal = "'" + id.names().get(i).replace("'", "''") + "'";
      names.append(", ").append(parameter ? "parameters('" + parameter(id) + "')" : literal);
    }
    return "[resourceId('%s'%s)]".formatted(id.type(), names);
  }
}
