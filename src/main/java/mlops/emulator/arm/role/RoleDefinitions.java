package mlops.emulator.arm.role;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Filter;
import mlops.emulator.http.Json;
import mlops.emulator.http.Permission;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.login.token.Audiences;

/** Microsoft.Authorization/roleDefinitions: the built-in roles that matter here. */
public final class RoleDefinitions {
  private static final String TYPE = "Microsoft.Authorization/roleDefinitions";
  private static final String COLLECTION = "/providers/" + TYPE;
  private static final String SCOPED = "/{*scope}" + COLLECTION;

  private final List<RoleDefinition> roles;

  private RoleDefinitions(List<RoleDefinition> roles) {
    this.roles = roles;
  }

  public static RoleDefinitions builtIn() {
    try (InputStream file = RoleDefinitions.class.getResourceAsStream("roles.json")) {
      return new RoleDefinitions(
          Json.MAPPER.readValue(
              Objects.requireNonNull(file), new TypeReference<List<RoleDefinition>>() {}));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The roles of the tenant are open to all who are in it, those at a scope to its readers. */
  public List<Route> routes() {
    Permission tenant = Permission.signedIn(Audiences.ARM);
    String one = "/{name}";
    return List.of(
        Route.of("GET", Route.ARM, COLLECTION, tenant, this::list),
        Route.of("GET", Route.ARM, COLLECTION + one, tenant, this::get),
        Route.arm("GET", SCOPED, TYPE + "/read", this::list),
        Route.arm("GET", SCOPED + one, TYPE + "/read", this::get));
  }

  /** By GUID, or by the id that ends in it. */
  Optional<RoleDefinition> find(String id) {
    String name = id.substring(id.lastIndexOf('/') + 1);
    return roles.stream().filter(r -> r.name().equalsIgnoreCase(name)).findFirst();
  }

  /** The id of a role as seen at a scope: below its subscription. */
  static String id(RoleDefinition role, String scope) {
    String[] parts = scope.split("/");
    String subscription = parts.length > 2 ? "/subscriptions/" + parts[2] : "";
    return subscription + COLLECTION + "/" + role.name();
  }

  private Response list(Request request) {
    Optional<Filter> filter =
        request.queryValue("$filter").map(f -> Filter.parse(f, "BadRequestFormat"));
    return ArmResources.page(
        roles.stream()
            .map(role -> document(role, scope(request)))
            .filter(
                d ->
                    filter.isEmpty()
                        || filter
                            .get()
                            .test(
                                field -> d.path("properties").path(field),
                                call -> call.name().equals("atscopeandbelow")))
            .toList());
  }

  private Response get(Request request) {
    String name = request.parameter("name");
    return Response.json(
        200,
        find(name)
            .map(role -> document(role, scope(request)))
            .orElseThrow(
                () ->
                    ApiException.notFound(
                        "RoleDefinitionDoesNotExist",
                        "The specified role definition with ID '%s' does not exist."
                            .formatted(name))));
  }

  private static String scope(Request request) {
    return RoleScopes.canonical(request.parameters().getOrDefault("scope", ""));
  }

  private static ObjectNode document(RoleDefinition role, String scope) {
    ObjectNode document = ArmResources.envelope(id(role, scope), TYPE);
    ObjectNode properties = document.putObject("properties");
    properties.put("roleName", role.roleName()).put("type", "BuiltInRole");
    properties.put("description", role.description());
    properties.putArray("assignableScopes").add("/");
    ObjectNode permission = properties.putArray("permissions").addObject();
    permission.set("actions", Json.MAPPER.valueToTree(role.actions()));
    permission.set("notActions", Json.MAPPER.valueToTree(role.notActions()));
    permission.set("dataActions", Json.MAPPER.valueToTree(role.dataActions()));
    permission.set("notDataActions", Json.MAPPER.valueToTree(role.notDataActions()));
    return document;
  }
}
