package mlops.emulator.arm.role;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.arm.resource.ArmScopes;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Caller;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.state.StateTree;

/**
 * The tenant's own roles: made, changed and deleted by who may do so wherever they can be given.
 */
public final class CustomRoles {
  private static final String ONE = "/{*scope}" + RoleDefinition.COLLECTION + "/{name}";
  private static final String WRITE = RoleDefinition.TYPE + "/write";
  private static final String DELETE = RoleDefinition.TYPE + "/delete";

  private final StateTree state;
  private final RoleDefinitions definitions;
  private final RoleAssignments assignments;
  private final ArmScopes scopes;
  private final Clock clock;

  public CustomRoles(
      ArmResources resources,
      RoleDefinitions definitions,
      RoleAssignments assignments,
      ArmScopes scopes) {
    this.state = resources.state();
    this.clock = resources.clock();
    this.definitions = definitions;
    this.assignments = assignments;
    this.scopes = scopes;
  }

  public List<Route> routes() {
    return List.of(
        Route.arm("PUT", ONE, WRITE, this::createOrUpdate),
        Route.arm("DELETE", ONE, DELETE, this::delete));
  }

  private Response createOrUpdate(Request request) {
    String name = request.parameter("name").toLowerCase(Locale.ROOT);
    if (!RoleAssignmentRoutes.GUID.matcher(name).matches()) {
      throw ApiException.badRequest(
          "InvalidRoleDefinitionId",
          "The role definition ID '%s' is not valid. The role definition ID must be a GUID."
              .formatted(name));
    }
    ObjectNode sent = request.json().withObject("/properties");
    RoleDefinition role = new RoleDefinition(name, properties(sent));
    requireAll(role.assignableScopes(), WRITE, request);
    return state.exclusively(
        () -> {
          Optional<RoleDefinition> existing = definitions.find(name);
          existing.ifPresent(there -> requireCustom(there, WRITE, request));
          requireFreeName(role);
          stamp(role.properties(), existing, request.caller());
          definitions.write(role);
          return Response.json(201, role.document(RoleDefinitionRoutes.scope(request)));
        });
  }

  private static ObjectNode properties(ObjectNode sent) {
    String roleName = sent.path("roleName").asText("");
    if (roleName.isBlank() || roleName.length() > 512) {
      throw invalid("The role name has to have 1 to 512 characters.");
    }
    ObjectNode properties = Json.object().put("roleName", roleName).put("type", "CustomRole");
    properties.put("description", sent.path("description").asText(""));
    ArrayNode assignable = properties.putArray("assignableScopes");
    for (JsonNode scope : sent.path("assignableScopes")) {
      assignable.add(ArmScopes.canonical(scope.asText()));
    }
    ArrayNode permissions = properties.putArray("permissions");
    for (JsonNode permission : sent.path("permissions")) {
      permissions.add(permission(permission));
    }
    if (assignable.isEmpty() || permissions.isEmpty()) {
      throw invalid("A role definition has to have assignable scopes and permissions.");
    }
    return properties;
  }

  private static ObjectNode permission(JsonNode sent) {
    if (!sent.path("condition").asText("").isBlank()) {
      throw ApiException.notImplemented(
          "The embedded Azure does not know 'condition' of a custom role.");
    }
    ObjectNode permission = Json.object();
    for (String member : RoleDefinition.PERMISSION) {
      permission.set(
          member, sent.path(member).isArray() ? sent.get(member) : Json.MAPPER.createArrayNode());
    }
    return permission;
  }

  private static ApiException invalid(String message) {
    return ApiException.badRequest("InvalidRoleDefinition", message);
  }

  /** Who changes a role has to be allowed to wherever it can be given. */
  private void requireAll(List<String> assignable, String action, Request request) {
    Caller caller = request.caller();
    for (String scope : assignable) {
      if (scope.toLowerCase(Locale.ROOT).startsWith("/providers/microsoft.management/")) {
        throw ApiException.notImplemented("The embedded Azure has no management groups: " + scope);
      }
      if (!assignments.allowAction(caller.objectId(), action, scope)) {
        throw new ApiException(
            403,
            "LinkedAuthorizationFailed",
            "The client '%s' with object id '%s' has permission to perform action '%s' on scope '%s'; however, it does not have permission to perform action(s) '%s' on the linked scope(s) '%s' or the linked scope(s) are invalid."
                .formatted(
                    caller.appId(), caller.objectId(), action, request.armPath(), action, scope));
      }
      scopes.require(scope);
    }
  }

  private void requireCustom(RoleDefinition role, String action, Request request) {
    if (!role.isCustom()) {
      throw ApiException.badRequest(
          "InvalidRoleDefinition",
          "The built-in role '%s' cannot be changed or deleted.".formatted(role.roleName()));
    }
    requireAll(role.assignableScopes(), action, request);
  }

  private void requireFreeName(RoleDefinition role) {
    if (definitions.named(role.roleName()).anyMatch(other -> !other.name().equals(role.name()))) {
      throw new ApiException(
          409,
          "RoleDefinitionWithSameNameExists",
          "A role definition cannot be updated with a name that already exists.");
    }
  }

  private void stamp(ObjectNode properties, Optional<RoleDefinition> existing, Caller caller) {
    String now = clock.instant().toString();
    String by = caller.objectId();
    ObjectNode was = existing.map(RoleDefinition::properties).orElseGet(Json::object);
    properties.put("createdOn", was.path("createdOn").asText(now)).put("updatedOn", now);
    properties.put("createdBy", was.path("createdBy").asText(by)).put("updatedBy", by);
  }

  private Response delete(Request request) {
    String scope = RoleDefinitionRoutes.scope(request);
    return state.exclusively(
        () -> {
          Optional<RoleDefinition> role =
              definitions.find(request.parameter("name")).filter(r -> r.assignableAt(scope));
          role.ifPresent(r -> remove(r, request));
          return role.map(r -> Response.json(200, r.document(scope)))
              .orElseGet(() -> Response.empty(204));
        });
  }

  private void remove(RoleDefinition role, Request request) {
    requireCustom(role, DELETE, request);
    if (assignments.isAssigned(role)) {
      throw ApiException.badRequest(
          "RoleDefinitionHasAssignments",
          "There are existing role assignments referencing role (code: RoleDefinitionHasAssignments).");
    }
    definitions.delete(role);
  }
}
