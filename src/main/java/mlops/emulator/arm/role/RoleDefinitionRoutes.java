package mlops.emulator.arm.role;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.arm.resource.ArmScopes;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Filter;
import mlops.emulator.http.Permission;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.login.token.Audiences;

/** The REST operations of Microsoft.Authorization/roleDefinitions that read, at any scope. */
public final class RoleDefinitionRoutes {
  private final RoleDefinitions definitions;

  public RoleDefinitionRoutes(RoleDefinitions definitions) {
    this.definitions = definitions;
  }

  /** The roles of the tenant are open to all who are in it, those at a scope to its readers. */
  public List<Route> routes() {
    Permission tenant = Permission.signedIn(Audiences.ARM);
    String collection = RoleDefinition.COLLECTION;
    String scoped = "/{*scope}" + collection;
    String read = RoleDefinition.TYPE + "/read";
    return List.of(
        Route.of("GET", Route.ARM, collection, tenant, this::list),
        Route.of("GET", Route.ARM, collection + "/{name}", tenant, this::get),
        Route.arm("GET", scoped, read, this::list),
        Route.arm("GET", scoped + "/{name}", read, this::get));
  }

  private Response list(Request request) {
    Optional<Filter> filter = request.queryValue("$filter").map(RoleDefinitionRoutes::filter);
    String scope = scope(request);
    Optional<String> name = filter.flatMap(f -> f.wanted("roleName"));
    Stream<RoleDefinition> candidates = name.map(definitions::named).orElseGet(definitions::all);
    return ArmResources.page(
        candidates
            .filter(role -> filter.isEmpty() || passes(filter.get(), role))
            .filter(role -> role.assignableAt(scope) || below(filter, role, scope))
            .map(role -> role.document(scope))
            .toList());
  }

  private static Filter filter(String text) {
    return Filter.parse(text, "BadRequestFormat")
        .requireKnown(
            Set.of("rolename", "type"),
            Set.of("atscopeandbelow"),
            () ->
                ApiException.badRequest(
                    "UnsupportedQuery",
                    "The filter '%s' is not supported. Supported filters are 'atScopeAndBelow()', 'roleName eq '{value}'' and 'type eq '{value}''."
                        .formatted(text)));
  }

  private static boolean passes(Filter filter, RoleDefinition role) {
    return filter.test(
        field -> role.properties().path(field.equalsIgnoreCase("type") ? "type" : "roleName"),
        call -> true);
  }

  private static boolean below(Optional<Filter> filter, RoleDefinition role, String scope) {
    return filter.filter(f -> f.names().anyMatch("atscopeandbelow()"::equals)).isPresent()
        && role.assignableBelow(scope);
  }

  private Response get(Request request) {
    String scope = scope(request);
    return Response.json(200, definitions.at(scope, request.parameter("name")).document(scope));
  }

  static String scope(Request request) {
    return ArmScopes.canonical(request.parameters().getOrDefault("scope", ""));
  }
}
