package mlops.emulator.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.emulator.http.Json;
import mlops.emulator.template.function.TemplateErrors;

/** The members that a template and its resources may have, whatever the case of their letters. */
final class TemplateSyntax {
  private static final List<String> REQUIRED = List.of("$schema", "contentVersion", "resources");
  private static final List<String> TEMPLATE =
      List.of(
          "$schema",
          "contentVersion",
          "languageVersion",
          "metadata",
          "definitions",
          "parameters",
          "variables",
          "functions",
          "resources",
          "outputs");
  private static final List<String> RESOURCE =
      List.of(
          "comments",
          "metadata",
          "condition",
          "existing",
          "type",
          "apiVersion",
          "name",
          "location",
          "tags",
          "dependsOn",
          "copy",
          "scope",
          "subscriptionId",
          "resourceGroup",
          "sku",
          "kind",
          "plan",
          "identity",
          "zones",
          "managedBy",
          "managedByExtended",
          "extendedLocation",
          "placement",
          "scale",
          "properties",
          "resources");

  /** Parts of the language that are not built here. */
  private static final List<String> NOT_BUILT =
      List.of(
          "apiProfile",
          "imports",
          "extensions",
          "asserts",
          "rules",
          "import",
          "extension",
          "@options");

  private static final List<String> VERSIONS = List.of("1.0", "2.0");

  /**
   * A template with its members as they are documented.
   *
   * @throws mlops.emulator.http.ApiException 400 for a member that templates do not have or that is
   *     missing, 501 for one that is not built here
   */
  static ObjectNode canonical(JsonNode sent) {
    ObjectNode template = known(sent, TEMPLATE, "Template");
    for (String required : REQUIRED) {
      if (!template.hasNonNull(required)) {
        throw TemplateErrors.template(
            "Required property '%s' not found in JSON. Path ''".formatted(required));
      }
    }
    String version = template.path("languageVersion").asText("1.0");
    if (!VERSIONS.contains(version)) {
      throw TemplateErrors.notBuilt("the languageVersion '" + version + "'");
    }
    template.set("resources", resources(template.get("resources")));
    return template;
  }

  private static JsonNode resources(JsonNode sent) {
    if (sent.isObject()) {
      ObjectNode named = Json.object();
      sent.properties().forEach(e -> named.set(e.getKey(), resource(e.getValue())));
      return named;
    }
    if (!sent.isArray()) {
      throw TemplateErrors.template("The resources are neither an array nor an object");
    }
    ArrayNode list = Json.MAPPER.createArrayNode();
    sent.forEach(r -> list.add(resource(r)));
    return list;
  }

  private static ObjectNode resource(JsonNode sent) {
    ObjectNode resource = known(sent, RESOURCE, "TemplateResource");
    if (resource.hasNonNull("resources")) {
      resource.set("resources", resources(resource.get("resources")));
    }
    return resource;
  }

  /** A null counts as not given. */
  private static ObjectNode known(JsonNode sent, List<String> names, String type) {
    if (!sent.isObject()) {
      throw TemplateErrors.template("A '%s' is no JSON object".formatted(type));
    }
    ObjectNode known = Json.object();
    for (Map.Entry<String, JsonNode> member : sent.properties()) {
      String name = member.getKey();
      Optional<String> documented = names.stream().filter(name::equalsIgnoreCase).findFirst();
      if (documented.isEmpty()) {
        throw NOT_BUILT.stream().anyMatch(name::equalsIgnoreCase)
            ? TemplateErrors.notBuilt("'" + name + "'")
            : TemplateErrors.template(
                "Could not find member '%s' on object of type '%s'. Path '%s'"
                    .formatted(name, type, name));
      }
      if (!member.getValue().isNull()) {
        known.set(documented.get(), member.getValue());
      }
    }
    return known;
  }

  private TemplateSyntax() {}
}
