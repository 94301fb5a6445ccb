package mlops.emulator.arm.role;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Filter;
import mlops.emulator.http.Json;
import mlops.emulator.http.Permission;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.login.token.Audiences;
import org.jspecify.annotations.Nullable;

/** Microsoft.Authorization/roleDefinitions: the built-in roles of Azure. */
public final class RoleDefinitions {
  private static final String TYPE = "Microsoft.Authorization/roleDefinitions";
  private static final String COLLECTION = "/providers/" + TYPE;
  private static final String SCOPED = "/{*scope}" + COLLECTION;

  private final Map<String, RoleDefinition> common = read("common-roles.json");
  private @Nullable Map<String, RoleDefinition> all;

  private static Map<String, RoleDefinition> read(String name) {
    try (InputStream file = RoleDefinitions.class.getResourceAsStream(name)) {
      Map<String, RoleDefinition> roles = new LinkedHashMap<>();
      for (RoleDefinition role :
          Json.MAPPER.readValue(
              Objects.requireNonNull(file), new TypeReference<List<RoleDefinition>>() {})) {
        roles.put(role.name(), role);
      }
      return roles;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All of them, which are read when somebody asks for one that is not common. */
  private synchronized Map<String, RoleDefinition> all() {
    Map<String, RoleDefinition> known = all;
    if (known == null) {
      known = read("built-in-roles.json");
      all = known;
    }
    return known;
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
    String name = id.substring(id.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    RoleDefinition role = common.get(name);
    return Optional.ofNullable(role == null ? all().get(name) : role);
  }

  /** The id of a role as seen at a scope: below its subscription. */
  static String id(RoleDefinition role, String scope) {
    String[] parts = scope.split("/");
    String subscription = parts.length > 2 ? "/subscriptions/" + parts[2] : "";
    return subscription + COLLECTION + "/" + role.name();
  }

  private Response list(Request request) {
    Optional<Filter> filter = request.queryValue("$filter").map(RoleDefinitions::filter);
    String scope = scope(request);
    return ArmResources.page(
        candidates(filter).stream()
            .map(role -> document(role, scope))
            .filter(d -> filter.isEmpty() || passes(filter.get(), d))
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

  /** A role that is asked for by its name may be a common one, which takes no reading. */
  private Collection<RoleDefinition> candidates(Optional<Filter> filter) {
    Optional<String> name = filter.flatMap(f -> f.wanted("roleName"));
    List<RoleDefinition> named =
        common.values().stream()
            .filter(r -> name.map(r.roleName()::equalsIgnoreCase).orElse(false))
            .toList();
    return named.isEmpty() ? all().values() : named;
  }

  private static boolean passes(Filter filter, ObjectNode role) {
    return filter.test(
        field -> role.path("properties").path(field.equalsIgnoreCase("type") ? "type" : "roleName"),
        call -> true);
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
    if (role.condition() != null) {
      permission.put("condition", role.condition()).put("conditionVersion", "2.0");
    }
    return document;
  }
}
