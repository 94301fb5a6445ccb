package mlops.emulator.arm.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;

/** What the resources of one type in resource groups share: reading, listing and their basics. */
public final class TrackedResources {
  private static final Pattern COMMON_NAME = Pattern.compile("[a-zA-Z0-9][\\w.()-]{0,259}");

  private final ArmResources resources;
  private final TrackedType type;

  public TrackedResources(ArmResources resources, TrackedType type) {
    this.resources = resources;
    this.type = type;
  }

  public TrackedType type() {
    return type;
  }

  /** GET of one resource, and of all in a group and in a subscription. */
  public List<Route> readRoutes() {
    return readRoutes((request, resource) -> resource);
  }

  /**
   * The same of resources that are not shown as they are kept.
   *
   * @param view a resource as a request asks to see it
   */
  public List<Route> readRoutes(BiFunction<Request, ObjectNode, ObjectNode> view) {
    return List.of(
        Route.arm(
            "GET",
            type.path(),
            type.read(),
            r -> Response.json(200, view.apply(r, resources.find(r)))),
        Route.arm("HEAD", type.path(), type.read(), this::checkExistence),
        Route.arm("GET", type.inGroup(), type.read(), r -> page(r, inGroup(r), view)),
        Route.arm(
            "GET",
            type.inSubscription(),
            type.read(),
            r -> page(r, inSubscription(r.parameter("subscription")), view)));
  }

  private static Response page(
      Request request, List<ObjectNode> all, BiFunction<Request, ObjectNode, ObjectNode> view) {
    return ArmResources.page(all.stream().map(r -> view.apply(request, r)).toList());
  }

  private Response checkExistence(Request request) {
    resources.requireGroup(request.id());
    return Response.empty(resources.state().exists(request.id()) ? 204 : 404);
  }

  private List<ObjectNode> inGroup(Request request) {
    resources.requireGroup(request.id());
    return resources.state().list(request.id());
  }

  /** All resources of the type in a subscription, group by group. */
  public List<ObjectNode> inSubscription(String subscription) {
    List<ObjectNode> all = new ArrayList<>();
    String groups = "/subscriptions/" + subscription + "/resourceGroups";
    for (ObjectNode group : resources.state().list(groups)) {
      all.addAll(resources.state().list(group.path("id").asText() + "/providers/" + type.name()));
    }
    return all;
  }

  /**
   * The resource that a PUT asks for: what was sent, under the right id, name and type, with a
   * checked location.
   *
   * @param existing the resource of that id, if there is one
   * @throws ApiException 400 or 409 as ARM's front door says for a bad name or location
   */
  public ObjectNode requested(Request request, Optional<ObjectNode> existing) {
    String name = request.parameter("name");
    if (!COMMON_NAME.matcher(name).matches() || name.endsWith(".")) {
      throw ApiException.badRequest(
          "InvalidResourceName",
          "Resource name '%s' is invalid. It may hold letters, digits, '-', '_', '.', '(' and ')', starts with a letter or digit and does not end with '.'."
              .formatted(name));
    }
    ObjectNode body = request.json();
    String location = Regions.of(body, type.name());
    existing.ifPresent(e -> requireSameLocation(e, location, request));
    ObjectNode resource = ArmResources.envelope(request.id(), type.name());
    body.remove(List.of("id", "name", "type"));
    resource.setAll(body);
    resource.put("location", location);
    if (!resource.path("tags").isObject()) {
      resource.set("tags", existing.map(e -> e.path("tags")).orElseGet(Json::object));
    }
    if (!resource.path("properties").isObject()) {
      resource.putObject("properties");
    }
    return resource;
  }

  private static void requireSameLocation(ObjectNode existing, String location, Request request) {
    String actual = existing.path("location").asText();
    if (!actual.equals(location)) {
      throw new ApiException(
          409,
          "InvalidResourceLocation",
          "The resource '%s' already exists in location '%s' in resource group '%s'. A resource with the same name cannot be created in location '%s'. Please select a new resource name."
              .formatted(request.parameter("name"), actual, request.parameter("group"), location));
    }
  }

  /** Keeps a resource whose group is there; inside {@code exclusively}. */
  public void write(ObjectNode resource) {
    resources.state().write(resource.path("id").asText(), resource);
  }

  /** Answers a PATCH with what it may change. */
  public Response update(Request request, ObjectNode body) {
    return update(request, resource -> patch(resource, body));
  }

  /** Answers a PATCH that changes a resource in a way of its own. */
  public Response update(Request request, Consumer<ObjectNode> change) {
    return resources
        .state()
        .exclusively(
            () -> {
              ObjectNode resource = resources.find(request);
              change.accept(resource);
              write(resource);
              return Response.json(200, resource);
            });
  }

  /** Answers a DELETE. */
  public Response delete(Request request) {
    return delete(request, resource -> resources.state().delete(request.id()));
  }

  /** Answers a DELETE of what goes in a way of its own. */
  public Response delete(Request request, Consumer<ObjectNode> removal) {
    return resources
        .state()
        .exclusively(
            () -> {
              resources.requireGroup(request.id());
              Optional<ObjectNode> resource = resources.state().read(request.id());
              resource.ifPresent(removal);
              return Response.empty(resource.isPresent() ? 200 : 204);
            });
  }

  /** PATCH: members of {@code properties} one by one, everything else as a whole. */
  public static void patch(ObjectNode resource, ObjectNode body) {
    body.remove(List.of("id", "name", "type", "location", "systemData"));
    if (body.remove("properties") instanceof ObjectNode properties) {
      resource.withObject("/properties").setAll(properties);
    }
    resource.setAll(body);
  }
}
