package mlops.emulator.arm.role;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.StreamSupport;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.arm.resource.ArmScopes;
import mlops.emulator.http.Json;

/**
 * A role, of Azure or of the tenant's own.
 *
 * @param name its GUID; that of a built-in role is the same in every tenant
 * @param properties as its document shows them
 */
record RoleDefinition(String name, ObjectNode properties, List<RolePermission> permissions) {
  static final String TYPE = "Microsoft.Authorization/roleDefinitions";
  static final String COLLECTION = "/providers/" + TYPE;

  /** The members of a permission. */
  static final List<String> PERMISSION =
      List.of("actions", "notActions", "dataActions", "notDataActions");

  RoleDefinition(String name, ObjectNode properties) {
    this(
        name,
        properties,
        StreamSupport.stream(properties.path("permissions").spliterator(), false)
            .map(RolePermission::of)
            .toList());
  }

  /** From an entry of the files of built-in roles, whose members lie side by side. */
  static RoleDefinition builtIn(JsonNode entry) {
    ObjectNode properties = Json.object();
    properties.set("roleName", entry.path("roleName"));
    properties.put("type", "BuiltInRole").set("description", entry.path("description"));
    properties.putArray("assignableScopes").add("/");
    ObjectNode permission = properties.putArray("permissions").addObject();
    PERMISSION.forEach(member -> permission.set(member, entry.path(member)));
    if (entry.hasNonNull("condition")) {
      permission.put("condition", entry.path("condition").asText()).put("conditionVersion", "2.0");
    }
    return new RoleDefinition(entry.path("name").asText(), properties);
  }

  /** From the document that a custom role is kept as. */
  static RoleDefinition custom(ObjectNode document) {
    return new RoleDefinition(document.path("name").asText(), document.withObject("/properties"));
  }

  boolean isCustom() {
    return properties.path("type").asText().equals("CustomRole");
  }

  String roleName() {
    return properties.path("roleName").asText();
  }

  List<String> assignableScopes() {
    return StreamSupport.stream(properties.path("assignableScopes").spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }

  /** Whether the role can be given at a scope. */
  boolean assignableAt(String scope) {
    return assignableScopes().stream()
        .anyMatch(above -> above.equals("/") || ArmScopes.contains(above, scope));
  }

  /** Whether the role can be given somewhere below a scope. */
  boolean assignableBelow(String scope) {
    return assignableScopes().stream().anyMatch(below -> ArmScopes.contains(scope, below));
  }

  boolean allowsAction(String action) {
    return permissions.stream().anyMatch(p -> p.allowsAction(action));
  }

  boolean allowsData(String dataAction) {
    return permissions.stream().anyMatch(p -> p.allowsData(dataAction));
  }

  /** Its id as seen at a scope: below the subscription of that. */
  String id(String scope) {
    String[] parts = scope.split("/");
    String subscription = parts.length > 2 ? "/subscriptions/" + parts[2] : "";
    return subscription + COLLECTION + "/" + name;
  }

  /** What the API shows of it at a scope. */
  ObjectNode document(String scope) {
    ObjectNode document = ArmResources.envelope(id(scope), TYPE);
    document.set("properties", properties.deepCopy());
    return document;
  }
}
