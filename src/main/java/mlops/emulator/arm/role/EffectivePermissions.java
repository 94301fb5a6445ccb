package mlops.emulator.arm.role;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.arm.resource.ArmScopes;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;

/**
 * What the caller may do at a scope, and what Azure lists beside role assignments: deny
 * assignments, which only Azure itself makes, and classic administrators, which are retired. There
 * are none of either here.
 */
public final class EffectivePermissions {
  private static final String AUTHORIZATION = "Microsoft.Authorization/";
  private static final String PROVIDER = "/providers/" + AUTHORIZATION;
  private static final String SCOPED = "/{*scope}" + PROVIDER;

  private final RoleAssignments assignments;
  private final ArmScopes scopes;

  public EffectivePermissions(RoleAssignments assignments, ArmScopes scopes) {
    this.assignments = assignments;
    this.scopes = scopes;
  }

  public List<Route> routes() {
    return List.of(
        Route.arm("GET", SCOPED + "permissions", AUTHORIZATION + "permissions/read", this::list),
        Route.arm(
            "GET", SCOPED + "denyAssignments", AUTHORIZATION + "denyAssignments/read", this::none),
        Route.arm(
            "GET",
            "/subscriptions/{subscription}" + PROVIDER + "classicAdministrators",
            AUTHORIZATION + "classicAdministrators/read",
            r -> ArmResources.page(List.of())));
  }

  private Response list(Request request) {
    String scope = scope(request);
    List<ObjectNode> permissions = new ArrayList<>();
    for (RoleDefinition role : assignments.roles(request.caller().objectId(), scope).toList()) {
      for (JsonNode permission : role.properties().path("permissions")) {
        permissions.add(permission.deepCopy());
      }
    }
    return ArmResources.page(permissions);
  }

  private Response none(Request request) {
    scope(request);
    return ArmResources.page(List.of());
  }

  private String scope(Request request) {
    String scope = ArmScopes.of(request);
    scopes.require(scope);
    return scope;
  }
}
