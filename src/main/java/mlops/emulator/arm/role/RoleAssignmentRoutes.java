package mlops.emulator.arm.role;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.arm.resource.ArmScopes;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Filter;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.login.directory.Directory;
import mlops.emulator.login.directory.Principal;

/** The REST operations of Microsoft.Authorization/roleAssignments, at any scope. */
public final class RoleAssignmentRoutes {
  private static final String TYPE = "Microsoft.Authorization/roleAssignments";
  private static final String COLLECTION = "/{*scope}/providers/" + TYPE;
  static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final RoleAssignments assignments;
  private final ArmScopes scopes;
  private final Directory directory;
  private final String tenant;

  public RoleAssignmentRoutes(
      RoleAssignments assignments, ArmScopes scopes, Directory directory, String tenant) {
    this.assignments = assignments;
    this.scopes = scopes;
    this.directory = directory;
    this.tenant = tenant;
  }

  public List<Route> routes() {
    String one = COLLECTION + "/{name}";
    return List.of(
        Route.arm("PUT", one, TYPE + "/write", this::create),
        Route.arm("GET", one, TYPE + "/read", this::get),
        Route.arm("DELETE", one, TYPE + "/delete", this::delete),
        Route.arm("GET", COLLECTION, TYPE + "/read", this::list));
  }

  private Response create(Request request) {
    String scope = ArmScopes.of(request);
    String name = request.parameter("name");
    if (!GUID.matcher(name).matches()) {
      throw ApiException.badRequest(
          "InvalidRoleAssignmentId",
          "The role assignment ID '%s' is not valid. The role assignment ID must be a GUID."
              .formatted(name));
    }
    scopes.require(scope);
    ObjectNode properties = request.json().withObject("/properties");
    for (String field : List.of("condition", "delegatedManagedIdentityResourceId")) {
      if (!properties.path(field).asText("").isBlank()) {
        throw ApiException.notImplemented(
            "The embedded Azure does not know '%s' of a role assignment.".formatted(field));
      }
    }
    String role = assignments.role(properties.path("roleDefinitionId").asText(), scope);
    Principal principal = principal(properties);
    return assignments.create(request.caller(), scope, name, role, principal, properties);
  }

  private Principal principal(ObjectNode properties) {
    String id = properties.path("principalId").asText();
    if (!GUID.matcher(id).matches()) {
      throw ApiException.badRequest(
          "InvalidPrincipalId",
          "A valid principal ID must be provided for role assignment. '%s' is no GUID."
              .formatted(id));
    }
    Principal principal =
        directory
            .find(id.toLowerCase(Locale.ROOT))
            .orElseThrow(
                () ->
                    ApiException.badRequest(
                        "PrincipalNotFound",
                        "Principal %s does not exist in the directory %s. Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, this error might be related to a replication delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group.  See https://aka.ms/docs-principaltype"
                            .formatted(id.replace("-", ""), tenant)));
    String asked = properties.path("principalType").asText(principal.type());
    if (!asked.equalsIgnoreCase(principal.type())) {
      throw ApiException.badRequest(
          "UnmatchedPrincipalType",
          "The PrincipalId '%s' has type '%s' , which is different from specified PrinciaplType '%s'."
              .formatted(id.replace("-", ""), principal.type(), asked));
    }
    return principal;
  }

  private Response get(Request request) {
    return Response.json(
        200,
        assignments
            .find(ArmScopes.of(request), request.parameter("name"))
            .orElseThrow(
                () ->
                    ApiException.notFound(
                        "RoleAssignmentNotFound",
                        "The role assignment '%s' is not found."
                            .formatted(request.parameter("name")))));
  }

  private Response delete(Request request) {
    return assignments
        .delete(ArmScopes.of(request), request.parameter("name"))
        .map(gone -> Response.json(200, gone))
        .orElseGet(() -> Response.empty(204));
  }

  private Response list(Request request) {
    String scope = ArmScopes.of(request);
    scopes.require(scope);
    Optional<Filter> filter = request.queryValue("$filter").map(RoleAssignmentRoutes::filter);
    return ArmResources.page(
        assignments.around(scope).stream()
            .filter(a -> filter.isEmpty() || passes(filter.get(), a, scope))
            .toList());
  }

  private static Filter filter(String text) {
    return Filter.parse(text, "BadRequestFormat")
        .requireKnown(
            Set.of("principalid"),
            Set.of("atscope", "assignedto"),
            () ->
                ApiException.badRequest(
                    "UnsupportedQuery",
                    "The filter '%s' is not supported. Supported filters are either 'atScope()' or 'principalId eq '{value}'' or 'assignedTo('{value}')'."
                        .formatted(text)));
  }

  private boolean passes(Filter filter, ObjectNode assignment, String scope) {
    String actual = assignment.path("properties").path("scope").asText();
    return filter.test(
        field -> assignment.path("properties").path("principalId"),
        call ->
            call.name().equals("atscope")
                ? actual.length() <= scope.length()
                : call.arguments().stream().anyMatch(id -> assignments.countsFor(id, assignment)));
  }
}
