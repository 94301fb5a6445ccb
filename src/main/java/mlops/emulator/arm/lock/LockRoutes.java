package mlops.emulator.arm.lock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.arm.resource.ArmScopes;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Filter;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;

/** The REST operations of Microsoft.Authorization/locks, at any scope. */
public final class LockRoutes {
  private static final String ALL = "/{*scope}" + Locks.COLLECTION;
  private static final Pattern NAME = Pattern.compile("[^<>%&:\\\\?/\\p{Cntrl}]{1,260}");
  private static final int LONGEST_NOTES = 512;

  private final ArmResources resources;
  private final ArmScopes scopes;
  private final Locks locks;

  public LockRoutes(ArmResources resources, ArmScopes scopes, Locks locks) {
    this.resources = resources;
    this.scopes = scopes;
    this.locks = locks;
  }

  public List<Route> routes() {
    String one = ALL + "/{name}";
    return List.of(
        Route.arm("PUT", one, Locks.TYPE + "/write", this::createOrUpdate),
        Route.arm("GET", one, Locks.TYPE + "/read", this::get),
        Route.arm("DELETE", one, Locks.TYPE + "/delete", this::delete),
        Route.arm("GET", ALL, Locks.TYPE + "/read", this::list));
  }

  private Response createOrUpdate(Request request) {
    String name = request.parameter("name");
    if (!NAME.matcher(name).matches()) {
      throw ApiException.badRequest(
          "InvalidLockName", "The lock name '%s' is invalid.".formatted(name));
    }
    scopes.require(ArmScopes.of(request));
    ObjectNode lock = ArmResources.envelope(id(request), Locks.TYPE);
    ObjectNode properties = properties(request.json().withObject("/properties"));
    return resources
        .state()
        .exclusively(
            () -> {
              Optional<ObjectNode> existing = locks.find(id(request));
              lock.set("properties", properties);
              lock.set("systemData", resources.systemData(request.caller(), existing));
              locks.write(lock);
              return Response.json(existing.isEmpty() ? 201 : 200, lock);
            });
  }

  private static ObjectNode properties(ObjectNode properties) {
    String level = properties.path("level").asText();
    if (!level.equals("CanNotDelete") && !level.equals(Locks.READ_ONLY)) {
      throw ApiException.badRequest(
          "InvalidLockLevel",
          "The lock level '%s' is not valid. It is 'CanNotDelete' or 'ReadOnly'.".formatted(level));
    }
    if (properties.path("notes").asText().length() > LONGEST_NOTES) {
      throw ApiException.badRequest(
          "InvalidLockNotes",
          "The notes of a lock have at most %d characters.".formatted(LONGEST_NOTES));
    }
    return properties;
  }

  private Response get(Request request) {
    return Response.json(
        200,
        locks
            .find(id(request))
            .orElseThrow(
                () ->
                    ApiException.notFound(
                        "LockNotFound",
                        "The lock '%s' could not be found.".formatted(request.parameter("name")))));
  }

  private Response delete(Request request) {
    return Response.empty(locks.delete(id(request)) ? 200 : 204);
  }

  private Response list(Request request) {
    String scope = ArmScopes.of(request);
    scopes.require(scope);
    Optional<String> filter = request.queryValue("$filter").filter(f -> !f.isBlank());
    filter.ifPresent(LockRoutes::requireAtScope);
    return ArmResources.page(locks.around(scope, filter.isEmpty()));
  }

  private static void requireAtScope(String text) {
    String code = "InvalidFilterInQueryString";
    boolean atScope = Filter.parse(text, code).equals(new Filter.Call("atscope", List.of()));
    if (!atScope) {
      throw ApiException.badRequest(
          code,
          "Invalid $filter '%s' specified in the query string. It may be 'atScope()'."
              .formatted(text));
    }
  }

  private static String id(Request request) {
    return ArmScopes.of(request) + Locks.COLLECTION + "/" + request.parameter("name");
  }
}
