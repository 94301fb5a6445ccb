package mlops.emulator.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Filter;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;

/** Which entities of a collection a request asks for: its {@code $filter} and {@code $search}. */
final class ODataQuery {
  private static final List<String> UNSUPPORTED = List.of("$expand", "$orderby", "$skip");

  /** What Graph itself gives to a new entity, so that no template has it. */
  private static final List<String> GIVEN =
      List.of("id", "appId", "displayName", "createdDateTime", "deletedDateTime");

  private final Request request;
  private final String set;

  ODataQuery(Request request, String set) {
    this.request = request;
    this.set = set;
  }

  /** Those of the entities that are asked for. */
  List<ObjectNode> of(List<ObjectNode> entities) {
    for (String option : UNSUPPORTED) {
      if (request.queryValue(option).isPresent()) {
        throw ApiException.notImplemented(
            "The embedded Microsoft Graph does not know the query option " + option + ".");
      }
    }
    Optional<Filter> filter = request.queryValue("$filter").map(f -> Filter.parse(f, "BadRequest"));
    filter.ifPresent(f -> requireKnown(f, known(entities)));
    Optional<TextSearch> search = request.queryValue("$search").map(TextSearch::new);
    search.ifPresent(s -> requireSearchable(s, known(entities)));
    return entities.stream()
        .filter(e -> filter.isEmpty() || filter.get().test(f -> member(e, f), call -> false))
        .filter(e -> search.isEmpty() || search.get().test(property -> member(e, property)))
        .toList();
  }

  /** The members of an entity are told by the entities there are, and by its template. */
  private Set<String> known(List<ObjectNode> entities) {
    Set<String> known = new HashSet<>();
    entities.forEach(e -> e.fieldNames().forEachRemaining(known::add));
    if (List.of("applications", "servicePrincipals", "groups").contains(set)) {
      known.addAll(GIVEN);
      ODataResponses.template(set.substring(0, set.length() - 1))
          .fieldNames()
          .forEachRemaining(known::add);
    }
    return known;
  }

  private void requireKnown(Filter filter, Set<String> known) {
    for (String name : filter.names().toList()) {
      if (name.endsWith("()")) {
        throw bad("Invalid filter clause: unknown function '%s'.".formatted(name));
      }
      requireProperty(name.split("/", 2)[0], known);
    }
  }

  private void requireProperty(String name, Set<String> known) {
    if (!known.isEmpty() && known.stream().noneMatch(name::equalsIgnoreCase)) {
      throw bad(
          "Invalid filter clause: Could not find a property named '%s' on type 'microsoft.graph.%s'."
              .formatted(name, set));
    }
  }

  private void requireSearchable(TextSearch search, Set<String> known) {
    requireEventual("$search");
    search.properties().forEach(name -> requireProperty(name, known));
  }

  /** Searches and counts ask an index that may lag behind, which the client has to accept. */
  void requireEventual(String option) {
    if (!"eventual".equalsIgnoreCase(request.header("ConsistencyLevel"))) {
      throw ApiException.badRequest(
          "Request_UnsupportedQuery",
          "Request with %s query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'"
              .formatted(option));
    }
  }

  private static ApiException bad(String message) {
    return ApiException.badRequest("BadRequest", message);
  }

  private static JsonNode member(JsonNode entity, String path) {
    JsonNode at = entity;
    for (String name : path.split("/")) {
      at = Json.member(at, name);
    }
    return at;
  }
}
