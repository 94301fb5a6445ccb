package mlops.emulator.arm.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Caller;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.state.StateTree;

/** What all resource types of ARM share: ids, the group that must exist, 404s, system data. */
public final class ArmResources {
  private static final List<String> MAKING = List.of("createdBy", "createdByType", "createdAt");

  private final StateTree state;
  private final Clock clock;

  public ArmResources(StateTree state, Clock clock) {
    this.state = state;
    this.clock = clock;
  }

  public StateTree state() {
    return state;
  }

  public Clock clock() {
    return clock;
  }

  /**
   * The resource that the path names.
   *
   * @throws ApiException 404 ResourceGroupNotFound or ResourceNotFound
   */
  public ObjectNode find(Request request) {
    return find(request.id());
  }

  public ObjectNode find(String id) {
    return state.read(id).orElseThrow(() -> notFound(id));
  }

  /** The failure to find a resource: 404 ResourceGroupNotFound or ResourceNotFound. */
  public ApiException notFound(String id) {
    requireGroup(id);
    String[] parts = id.split("/");
    int providers = List.of(parts).indexOf("providers");
    StringBuilder type = new StringBuilder(parts[providers + 1]);
    StringBuilder name = new StringBuilder();
    for (int i = providers + 2; i + 1 < parts.length; i += 2) {
      type.append('/').append(parts[i]);
      name.append(name.isEmpty() ? "" : "/").append(parts[i + 1]);
    }
    return ApiException.notFound(
            "ResourceNotFound",
            "The Resource '%s/%s' under resource group '%s' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix"
                .formatted(type, name, group(id)))
        .with("x-ms-failure-cause", "gateway");
  }

  /**
   * Asks that the resource group of an id exists.
   *
   * @throws ApiException 404 ResourceGroupNotFound
   */
  public void requireGroup(String id) {
    String group = group(id);
    if (!group.isEmpty() && !state.exists(groupId(id))) {
      throw ApiException.notFound(
          "ResourceGroupNotFound", "Resource group '%s' could not be found.".formatted(group));
    }
  }

  /**
   * Keeps a resource: {@code id}, {@code name} and {@code type} come first, then its content.
   *
   * @return 201 with the resource if it is new, else 200
   */
  public Response put(Request request, String type, ObjectNode content) {
    return state.exclusively(
        () -> {
          requireGroup(request.id());
          boolean isNew = !state.exists(request.id());
          ObjectNode resource = envelope(request.id(), type);
          resource.setAll(content);
          state.write(request.id(), resource);
          return Response.json(isNew ? 201 : 200, resource);
        });
  }

  /** A document with the id, name and type of a resource. */
  public static ObjectNode envelope(String id, String type) {
    return Json.object()
        .put("id", id)
        .put("name", id.substring(id.lastIndexOf('/') + 1))
        .put("type", type);
  }

  /**
   * {@code systemData} of a resource that this caller writes now.
   *
   * @param old the resource as it is: who made it first, and when, stays
   */
  public ObjectNode systemData(Caller caller, Optional<ObjectNode> old) {
    String by = caller.type().equals(Caller.USER) ? "User" : "Application";
    String now = clock.instant().toString();
    ObjectNode data = Json.object();
    data.put("createdBy", caller.objectId()).put("createdByType", by).put("createdAt", now);
    old.filter(o -> o.has("systemData"))
        .ifPresent(o -> MAKING.forEach(field -> data.set(field, o.at("/systemData/" + field))));
    return data.put("lastModifiedBy", caller.objectId())
        .put("lastModifiedByType", by)
        .put("lastModifiedAt", now);
  }

  /** A page with all of a collection: {@code {"value": […]}}. */
  public static Response page(List<ObjectNode> resources) {
    ObjectNode page = Json.object();
    page.putArray("value").addAll(resources);
    return Response.json(200, page);
  }

  /** The page that {@code $top} and {@code $skiptoken} ask for, with a link to the next one. */
  public static Response page(Request request, List<ObjectNode> all) {
    int from = Math.min(number(request, "$skiptoken", 0), all.size());
    int to = from + Math.min(number(request, "$top", all.size()), all.size() - from);
    ObjectNode page = Json.object();
    page.putArray("value").addAll(all.subList(from, to));
    if (from < to && to < all.size()) {
      page.put("nextLink", request.urlWith("$skiptoken", String.valueOf(to)));
    }
    return Response.json(200, page);
  }

  private static int number(Request request, String option, int otherwise) {
    String text = request.queryValue(option).orElse("");
    if (!text.matches("\\d{0,9}")) {
      String name = option.equals("$top") ? "Top" : "SkipToken";
      throw ApiException.badRequest(
          "Invalid%sInQueryString".formatted(name),
          "Invalid %s '%s' specified in the query string.".formatted(option, text));
    }
    return text.isEmpty() ? otherwise : Integer.parseInt(text);
  }

  /** The id without its last segment: what an action such as {@code …/listKeys} is done to. */
  public static String parent(String id) {
    return id.substring(0, id.lastIndexOf('/'));
  }

  private static String group(String id) {
    String[] parts = id.split("/");
    return parts.length > 4 && parts[3].toLowerCase(Locale.ROOT).equals("resourcegroups")
        ? parts[4]
        : "";
  }

  private static String groupId(String id) {
    return String.join("/", List.of(id.split("/")).subList(0, 5));
  }
}
