package mlops.emulator.graph;

import com.azure.core.util.BinaryData;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;

/** Entities and collections as OData answers them: context, {@code $select}, pages. */
final class ODataResponses {
  private static final int PAGE = 100;

  /** One entity; {@code set} is the entity set of its context, such as {@code applications}. */
  static Response entity(Request request, int status, String set, ObjectNode entity) {
    ObjectNode answer = Json.object();
    answer.put("@odata.context", context(request, set + "/$entity"));
    answer.setAll(selected(request, entity));
    return Response.json(status, answer);
  }

  /** The entities that pass the filter, a page at a time. */
  static Response collection(Request request, String set, List<ObjectNode> entities) {
    List<ObjectNode> all = new ODataQuery(request, set).of(entities);
    int from = number(request, "$skiptoken", 0);
    int to = Math.min(all.size(), from + number(request, "$top", PAGE));
    ObjectNode answer = Json.object();
    answer.put("@odata.context", context(request, set));
    if (request.queryValue("$count").filter("true"::equals).isPresent()) {
      answer.put("@odata.count", all.size());
    }
    if (to < all.size()) {
      answer.put("@odata.nextLink", request.urlWith("$skiptoken", String.valueOf(to)));
    }
    answer
        .putArray("value")
        .addAll(
            all.subList(Math.min(from, to), to).stream().map(e -> selected(request, e)).toList());
    return Response.json(200, answer);
  }

  /** How many entities pass the filter, as {@code …/$count} says it: as text. */
  static Response count(Request request, String set, List<ObjectNode> entities) {
    ODataQuery query = new ODataQuery(request, set);
    query.requireEventual("$count");
    String count = String.valueOf(query.of(entities).size());
    return Response.of(200, "text/plain", BinaryData.fromString(count));
  }

  /** A collection of texts, such as ids. */
  static Response texts(Request request, Collection<String> texts) {
    ObjectNode answer = Json.object();
    answer.put("@odata.context", context(request, "Collection(Edm.String)"));
    texts.forEach(answer.putArray("value")::add);
    return Response.json(200, answer);
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
