package mlops.emulator.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Filter;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;

/** Entities and collections as OData answers them: context, {@code $filter}, {@code $select}. */
final class ODataResponses {
  private static final int PAGE = 100;
  private static final List<String> UNSUPPORTED = List.of("$search", "$expand", "$orderby");

  /** One entity; {@code set} is the entity set of its context, such as {@code applications}. */
  static Response entity(Request request, int status, String set, ObjectNode entity) {
    ObjectNode answer = Json.object();
    answer.put("@odata.context", context(request, set + "/$entity"));
    answer.setAll(selected(request, entity));
    return Response.json(status, answer);
  }

  /** The entities that pass the filter, a page at a time. */
  static Response collection(Request request, String set, List<ObjectNode> entities) {
    for (String option : UNSUPPORTED) {
      if (request.queryValue(option).isPresent()) {
        throw ApiException.notImplemented(
            "The embedded Microsoft Graph does not know the query option " + option + ".");
      }
    }
    Optional<Filter> filter = request.queryValue("$filter").map(f -> Filter.parse(f, "BadRequest"));
    filter.ifPresent(f -> requireKnown(f, set, entities));
    List<ObjectNode> all =
        entities.stream().filter(e -> filter.isEmpty() || passes(filter.get(), e)).toList();
    int from = number(request, "$skiptoken", 0);
    int to = Math.min(all.size(), from + number(request, "$top", PAGE));
    ObjectNode answer = Json.object();
    answer.put("@odata.context", context(request, set));
    if (request.queryValue("$count").filter("true"::equals).isPresent()) {
      answer.put("@odata.count", all.size());
    }
    if (to < all.size()) {
      answer.put("@odata.nextLink", next(request, to));
    }
    answer
        .putArray("value")
        .addAll(
            all.subList(Math.min(from, to), to).stream().map(e -> selected(request, e)).toList());
    return Response.json(200, answer);
  }

  /** The members of an entity are told by the entities there are, and by its template. */
  private static void requireKnown(Filter filter, String set, List<ObjectNode> entities) {
    Set<String> known = new HashSet<>();
    entities.forEach(e -> e.fieldNames().forEachRemaining(known::add));
    if (List.of("applications", "servicePrincipals").contains(set)) {
      template(set.substring(0, set.length() - 1)).fieldNames().forEachRemaining(known::add);
    }
    for (String name : filter.names().toList()) {
      boolean call = name.endsWith("()");
      String first = name.split("/", 2)[0];
      if (call || (!known.isEmpty() && known.stream().noneMatch(first::equalsIgnoreCase))) {
        throw ApiException.badRequest(
            "BadRequest",
            call
                ? "Invalid filter clause: unknown function '%s'.".formatted(name)
                : "Invalid filter clause: Could not find a property named '%s' on type 'microsoft.graph.%s'."
                    .formatted(first, set));
      }
    }
  }

  private static boolean passes(Filter filter, ObjectNode entity) {
    return filter.test(field -> member(entity, field), call -> false);
  }

  private static JsonNode member(JsonNode entity, String path) {
    JsonNode at = entity;
    for (String name : path.split("/")) {
      at = Json.member(at, name);
    }
    return at;
  }

  private static ObjectNode selected(Request request, ObjectNode entity) {
    String select = request.queryValue("$select").orElse("");
    if (select.isBlank()) {
      return entity;
    }
    ObjectNode selected = Json.object();
    if (entity.has("@odata.type")) {
      selected.set("@odata.type", entity.get("@odata.type"));
    }
    for (String field : select.split(",")) {
      if (entity.has(field.strip())) {
        selected.set(field.strip(), entity.get(field.strip()));
      }
    }
    return selected;
  }

  private static int number(Request request, String option, int otherwise) {
    try {
      return request.queryValue(option).map(Integer::parseUnsignedInt).orElse(otherwise);
    } catch (NumberFormatException e) {
      throw ApiException.badRequest(
          "BadRequest", "Invalid value for the query option '%s'.".formatted(option));
    }
  }

  private static String next(Request request, int from) {
    List<String> query = new ArrayList<>();
    request
        .query()
        .forEach((k, v) -> query.add(k + "=" + v.replace("&", "%26").replace(" ", "%20")));
    query.removeIf(q -> q.startsWith("$skiptoken="));
    query.add("$skiptoken=" + from);
    return "https://" + MicrosoftGraph.HOST + request.path() + "?" + String.join("&", query);
  }

  private static String context(Request request, String set) {
    String version = request.path().startsWith("/beta") ? "beta" : "v1.0";
    return "https://" + MicrosoftGraph.HOST + "/" + version + "/$metadata#" + set;
  }

  /** An entity with all its members at their defaults. */
  static ObjectNode template(String name) {
    return (ObjectNode) Json.resource(ODataResponses.class, name + ".json");
  }

  /**
   * Sets members of an entity as a client asks.
   *
   * @throws ApiException 400 for a member that the entity does not have or that cannot be set
   */
  static void apply(ObjectNode body, ObjectNode entity, List<String> readOnly) {
    Iterator<Map.Entry<String, JsonNode>> members = body.fields();
    while (members.hasNext()) {
      Map.Entry<String, JsonNode> member = members.next();
      String name = member.getKey();
      if (name.startsWith("@odata.")) {
        continue;
      }
      if (!entity.has(name)) {
        throw ApiException.badRequest("BadRequest", "Invalid property '%s'.".formatted(name));
      }
      if (readOnly.contains(name)) {
        throw MicrosoftGraph.bad("Property '%s' is read-only and cannot be set.".formatted(name));
      }
      entity.set(name, member.getValue());
    }
  }

  private ODataResponses() {}
}
