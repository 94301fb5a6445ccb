package mlops.emulator.arm.tag;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.arm.resource.ResourceInventory;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.state.StateTree;

/**
 * The names and values of tags that a subscription knows: those in use, and those that were put
 * down before, as the documents {@code …/tagNames/{name}} and {@code …/tagValues/{value}}.
 */
public final class TagNames {
  private static final String SUBSCRIPTION = "/subscriptions/{subscription}";
  private static final String ALL = SUBSCRIPTION + "/tagNames";
  private static final String NAME = ALL + "/{name}";
  private static final String VALUE = NAME + "/tagValues/{value}";
  private static final String ACTION = "Microsoft.Resources/subscriptions/tagNames/";

  private final StateTree state;
  private final ResourceInventory inventory;

  public TagNames(StateTree state, ResourceInventory inventory) {
    this.state = state;
    this.inventory = inventory;
  }

  public List<Route> routes() {
    return List.of(
        Route.arm("GET", ALL, ACTION + "read", this::list),
        Route.arm("PUT", NAME, ACTION + "write", this::createName),
        Route.arm("DELETE", NAME, ACTION + "delete", r -> delete(r, false)),
        Route.arm("PUT", VALUE, ACTION + "tagValues/write", this::createValue),
        Route.arm("DELETE", VALUE, ACTION + "tagValues/delete", r -> delete(r, true)));
  }

  /** How often each value of each tag is used; a value that is only known is used no time. */
  private Map<String, Map<String, Integer>> counts(String subscription) {
    Map<String, Map<String, Integer>> counts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (ObjectNode name : state.list(subscription + "/tagNames")) {
      Map<String, Integer> values = values(counts, name.path("tagName").asText());
      String below = name.path("id").asText() + "/tagValues";
      state.list(below).forEach(v -> values.put(v.path("tagValue").asText(), 0));
    }
    state.read(subscription).ifPresent(s -> count(s, counts));
    state.list(subscription + "/resourceGroups").forEach(g -> count(g, counts));
    inventory.inSubscription(subscription).forEach(r -> count(r, counts));
    return counts;
  }

  private static void count(ObjectNode tagged, Map<String, Map<String, Integer>> counts) {
    for (Map.Entry<String, JsonNode> tag : tagged.path("tags").properties()) {
      values(counts, tag.getKey()).merge(tag.getValue().asText(), 1, Integer::sum);
    }
  }

  private static Map<String, Integer> values(
      Map<String, Map<String, Integer>> counts, String name) {
    return counts.computeIfAbsent(name, n -> new TreeMap<>());
  }

  private Response list(Request request) {
    String subscription = subscription(request);
    return ArmResources.page(
        counts(subscription).entrySet().stream()
            .map(name -> document(subscription, name.getKey(), name.getValue()))
            .toList());
  }

  private static ObjectNode document(
      String subscription, String name, Map<String, Integer> values) {
    String id = subscription + "/tagNames/" + name;
    ObjectNode document = Json.object().put("id", id).put("tagName", name);
    document.set("count", count(sum(values)));
    ArrayNode all = document.putArray("values");
    values.forEach((v, uses) -> all.add(value(id, v, uses)));
    return document;
  }

  private static ObjectNode value(String name, String value, int uses) {
    ObjectNode document = Json.object().put("id", name + "/tagValues/" + value);
    document.put("tagValue", value).set("count", count(uses));
    return document;
  }

  private static ObjectNode count(int uses) {
    return Json.object().put("type", "Total").put("value", uses);
  }

  private Response createName(Request request) {
    String name = request.parameter("name");
    TagName.require(name, "");
    return state.exclusively(
        () -> {
          boolean isNew = !state.exists(request.id());
          if (isNew) {
            state.write(request.id(), Json.object().put("id", request.id()).put("tagName", name));
          }
          Map<String, Integer> values = counts(subscription(request)).getOrDefault(name, Map.of());
          return Response.json(isNew ? 201 : 200, document(subscription(request), name, values));
        });
  }

  private Response createValue(Request request) {
    String value = request.parameter("value");
    String name = ArmResources.parent(ArmResources.parent(request.id()));
    TagName.require(request.parameter("name"), value);
    return state.exclusively(
        () -> {
          if (!state.exists(name)) {
            throw ApiException.notFound(
                "TagNameNotFound",
                "The tag name '%s' could not be found.".formatted(request.parameter("name")));
          }
          boolean isNew = !state.exists(request.id());
          state.write(request.id(), Json.object().put("id", request.id()).put("tagValue", value));
          return Response.json(isNew ? 201 : 200, value(name, value, uses(request, value)));
        });
  }

  private int uses(Request request, String value) {
    Map<String, Integer> values =
        counts(subscription(request)).getOrDefault(request.parameter("name"), Map.of());
    return value.isEmpty() ? sum(values) : values.getOrDefault(value, 0);
  }

  private static int sum(Map<String, Integer> values) {
    return values.values().stream().mapToInt(Integer::intValue).sum();
  }

  private Response delete(Request request, boolean ofValue) {
    return state.exclusively(
        () -> {
          int uses = uses(request, ofValue ? request.parameter("value") : "");
          if (uses > 0) {
            throw new ApiException(
                409,
                "TagInUse",
                "The tag '%s' is used by %d resources and cannot be deleted."
                    .formatted(request.parameter("name"), uses));
          }
          return Response.empty(state.delete(request.id()) ? 200 : 204);
        });
  }

  private static String subscription(Request request) {
    return "/subscriptions/" + request.parameter("subscription");
  }
}
