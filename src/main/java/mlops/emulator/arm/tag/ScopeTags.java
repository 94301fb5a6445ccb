package mlops.emulator.arm.tag;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.arm.resource.ArmScopes;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;

/** Microsoft.Resources/tags/default: all tags of a subscription, a group or a resource. */
public final class ScopeTags {
  private static final String TYPE = "Microsoft.Resources/tags";
  private static final String SUFFIX = "/providers/" + TYPE + "/default";
  private static final String PATH = "/{*scope}" + SUFFIX;
  private static final int MOST = 50;

  private final ArmResources resources;
  private final ArmScopes scopes;

  public ScopeTags(ArmResources resources, ArmScopes scopes) {
    this.resources = resources;
    this.scopes = scopes;
  }

  public List<Route> routes() {
    return List.of(
        Route.arm("PUT", PATH, TYPE + "/write", r -> change(r, was -> sent(r))),
        Route.arm("PATCH", PATH, TYPE + "/write", this::update),
        Route.arm("GET", PATH, TYPE + "/read", this::get),
        Route.arm("DELETE", PATH, TYPE + "/delete", this::delete));
  }

  private static ObjectNode sent(Request request) {
    return request.json().withObject("/properties").withObject("/tags");
  }

  private Response get(Request request) {
    String scope = ArmScopes.of(request);
    scopes.require(scope);
    return answer(scope, tags(resources.find(scope)));
  }

  private Response delete(Request request) {
    change(request, was -> Json.object());
    return Response.empty(200);
  }

  private Response update(Request request) {
    String operation = request.json().path("operation").asText();
    return switch (operation.toLowerCase(Locale.ROOT)) {
      case "replace" -> change(request, was -> sent(request));
      case "merge" -> change(request, was -> merged(was, sent(request)));
      case "delete" -> change(request, was -> without(was, sent(request)));
      default ->
          throw ApiException.badRequest(
              "InvalidTagsPatchOperation",
              "The operation '%s' is not valid. It is 'Replace', 'Merge' or 'Delete'."
                  .formatted(operation));
    };
  }

  private Response change(Request request, UnaryOperator<ObjectNode> change) {
    String scope = ArmScopes.of(request);
    scopes.require(scope);
    return resources
        .state()
        .exclusively(
            () -> {
              ObjectNode resource = resources.find(scope);
              requireTaggable(resource);
              ObjectNode tags = change.apply(tags(resource));
              requireValid(tags);
              resource.set("tags", tags);
              resources.state().write(scope, resource);
              return answer(scope, tags);
            });
  }

  private static ObjectNode merged(ObjectNode tags, ObjectNode added) {
    for (Map.Entry<String, JsonNode> tag : added.properties()) {
      tags.set(spelled(tags, tag.getKey()), tag.getValue());
    }
    return tags;
  }

  /** Takes tags away by their names or, where a value is given, by both. */
  private static ObjectNode without(ObjectNode tags, ObjectNode removed) {
    for (Map.Entry<String, JsonNode> tag : removed.properties()) {
      String name = spelled(tags, tag.getKey());
      String value = tag.getValue().asText("");
      if (value.isEmpty() || value.equals(tags.path(name).asText())) {
        tags.remove(name);
      }
    }
    return tags;
  }

  /** Names of tags ignore case, and one that is there keeps its letters. */
  private static String spelled(ObjectNode tags, String name) {
    return tags.properties().stream()
        .map(Map.Entry::getKey)
        .filter(name::equalsIgnoreCase)
        .findFirst()
        .orElse(name);
  }

  private static ObjectNode tags(ObjectNode resource) {
    return resource.path("tags") instanceof ObjectNode tags ? tags : Json.object();
  }

  /** Subscriptions, groups and what has a location; a datastore, say, has no tags of this kind. */
  private static void requireTaggable(ObjectNode resource) {
    if (!resource.has("location") && !resource.has("subscriptionId")) {
      throw ApiException.badRequest(
          "TagsNotSupported",
          "Tags are not supported for '%s'.".formatted(resource.path("id").asText()));
    }
  }

  private static void requireValid(ObjectNode tags) {
    if (tags.size() > MOST) {
      throw ApiException.badRequest(
          "InvalidTagsCount",
          "There are %d tags; a scope has at most %d.".formatted(tags.size(), MOST));
    }
    tags.properties().forEach(tag -> TagName.require(tag.getKey(), tag.getValue().asText()));
  }

  private static Response answer(String scope, ObjectNode tags) {
    ObjectNode answer = ArmResources.envelope(scope + SUFFIX, TYPE);
    answer.putObject("properties").set("tags", tags);
    return Response.json(200, answer);
  }
}
