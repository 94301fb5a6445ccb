package mlops.emulator.template.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mlops.emulator.arm.ResourceManager;
import mlops.emulator.contract.RequestContract;
import mlops.emulator.http.Json;

/** Writes resources as a template: without what only Azure says, and with references as such. */
final class ExportedTemplate {
  private static final String SCHEMA =
      "https://schema.management.azure.com/schemas/2015-01-01/deploymentTemplate.json#";
  private static final List<String> OF_AZURE =
      List.of("id", "name", "type", "systemData", "etag", "provisioningState");

  private final ExportOptions options;
  private final RequestContract contract;
  private final ResourceManager arm;
  private final ExportedNames names;

  ExportedTemplate(ExportOptions options, RequestContract contract, ResourceManager arm) {
    this.options = options;
    this.contract = contract;
    this.arm = arm;
    this.names = new ExportedNames(options);
  }

  ObjectNode of(List<ObjectNode> resources) {
    resources.forEach(r -> names.add(ExportedId.of(r.path("id").asText())));
    ObjectNode template = Json.object().put("$schema", SCHEMA).put("contentVersion", "1.0.0.0");
    template.set("parameters", names.parameters());
    template.putObject("variables");
    ArrayNode all = template.putArray("resources");
    resources.forEach(r -> all.add(resource(r)));
    return template;
  }

  private ObjectNode resource(ObjectNode resource) {
    ExportedId id = ExportedId.of(resource.path("id").asText());
    ObjectNode content = contract.writable(id.text(), resource);
    content.remove(OF_AZURE);
    if (content.path("properties") instanceof ObjectNode properties) {
      properties.remove(OF_AZURE);
    }
    Set<String> needed = new LinkedHashSet<>();
    ObjectNode exported = Json.object().put("type", id.type());
    String type = id.isInside() ? id.namespace() + "/" + id.types().get(0) : id.type();
    arm.apiVersion(id.type())
        .or(() -> arm.apiVersion(type))
        .ifPresent(version -> exported.put("apiVersion", version));
    exported.put("name", names.name(id));
    if (options.comments()) {
      exported.put("comments", "Generalized from resource: '%s'.".formatted(id.text()));
    }
    exported.setAll((ObjectNode) referring(content, needed));
    if (id.isInside()) {
      names.reference(id.parent()).ifPresent(needed::add);
    }
    if (!needed.isEmpty()) {
      needed.forEach(exported.putArray("dependsOn")::add);
    }
    return exported;
  }

  /** The same with expressions in place of the ids of what is in this template. */
  private JsonNode referring(JsonNode value, Set<String> needed) {
    if (value.isTextual()) {
      return TextNode.valueOf(text(value.asText(), needed));
    }
    if (value.isArray()) {
      ArrayNode array = Json.MAPPER.createArrayNode();
      value.forEach(v -> array.add(referring(v, needed)));
      return array;
    }
    if (!value.isObject()) {
      return value;
    }
    ObjectNode object = Json.object();
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      object.set(text(member.getKey(), needed), referring(member.getValue(), needed));
    }
    return object;
  }

  private String text(String value, Set<String> needed) {
    return names
        .reference(value)
        .map(
            reference -> {
              needed.add(reference);
              return reference;
            })
        .orElse(value.startsWith("[") && value.endsWith("]") ? "[" + value : value);
  }
}
