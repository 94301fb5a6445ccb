package mlops.emulator.contract;

import com.azure.core.util.BinaryData;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Route;
import org.jspecify.annotations.Nullable;

/**
 * Holds requests to Azure Resource Manager against {@code bodies.json}, which is made of
 * Microsoft's OpenAPI documents. A body is handed on as Azure reads it; a query parameter that is
 * documented and not built is refused by name; all others are ignored, as ARM ignores them.
 */
public final class RequestContract {
  private static final String ARM = "https://" + Route.ARM;

  private static final Pattern PARAMETER = Pattern.compile("\\{[^}]*}");

  /** The members of any resource, which ARM reads before it asks a resource provider. */
  private static final List<String> RESOURCE =
      List.of(
          "id",
          "name",
          "type",
          "location",
          "tags",
          "sku",
          "kind",
          "plan",
          "identity",
          "properties",
          "zones",
          "managedBy",
          "managedByExtended",
          "extendedLocation",
          "placement",
          "scale",
          "etag",
          "systemData");

  private final UnbuiltFields unbuilt = new UnbuiltFields();
  private @Nullable Bodies bodies;
  private @Nullable Map<String, List<String>> notBuilt;

  private record Bodies(Map<String, BodyShape> definitions, Map<String, BodyShape> ofRequests) {

    BodyShape defined(String name) {
      return definitions.getOrDefault(name, new BodyShape.Any());
    }
  }

  /** The same routes, each of which is asked with what the documents allow. */
  public List<Route> hold(List<Route> routes) {
    return routes.stream().map(this::hold).toList();
  }

  private Route hold(Route route) {
    String name = route.toString();
    if (!name.contains(" " + ARM)) {
      return route;
    }
    String key = key(name);
    return route.before(
        r -> {
          requireNames(name, r);
          return checked(key, r);
        });
  }

  /** An encoded slash or a control character can stand in a path, but in no name. */
  private static void requireNames(String route, Request request) {
    for (Map.Entry<String, String> parameter : request.parameters().entrySet()) {
      String value = parameter.getValue();
      boolean one = !route.contains("{*" + parameter.getKey() + "}");
      if (one && value.chars().anyMatch(c -> c == '/' || Character.isISOControl(c))) {
        throw ApiException.badRequest(
            "InvalidResourceName",
            "The %s '%s' of the request is no name: it holds a slash or a control character."
                .formatted(parameter.getKey(), value.replaceAll("\\p{Cntrl}", "?")));
      }
    }
  }

  /** A resource without what only Azure says of it: what a PUT of its id would hold. */
  public ObjectNode writable(String id, ObjectNode resource) {
    Bodies all = bodies();
    return all.ofRequests().entrySet().stream()
        .filter(e -> UnbuiltFields.isPut(e.getKey(), id))
        .findFirst()
        .map(e -> (ObjectNode) e.getValue().read(resource, "", all::defined))
        .orElseGet(resource::deepCopy);
  }

  /**
   * Asks of a PUT that is still to come what it will be asked: that it sets nothing that is not
   * built.
   *
   * @throws ApiException 501 that names member and value
   */
  public void requireBuilt(String id, JsonNode resource) {
    unbuilt.checkPut(id, resource);
  }

  /** A method and a path without the names of its parameters, in lower case. */
  static String key(String route) {
    String path = route.replace(ARM, "").split("\\?", 2)[0];
    String plain = PARAMETER.matcher(path).replaceAll("{}");
    String[] parts = plain.split(" ", 2);
    return parts[0] + " " + parts[1].toLowerCase(Locale.ROOT);
  }

  private Request checked(String key, Request request) {
    if (request.query().size() > 1) { // most requests name their api-version only
      requireBuilt(key, request);
    }
    boolean writes = !request.method().equals("GET") && !request.method().equals("HEAD");
    return writes && request.hasBody() ? request.withBody(body(key, request)) : request;
  }

  private void requireBuilt(String key, Request request) {
    for (String name : notBuilt().getOrDefault(key, List.of())) {
      String value = request.queryValue(name).orElse("");
      if (!value.isEmpty() && !value.equalsIgnoreCase("false")) {
        throw ApiException.notImplemented(
            "The embedded Azure does not know the query parameter %s=%s of %s."
                .formatted(name, value, key));
      }
    }
  }

  private BinaryData body(String key, Request request) {
    Bodies all = bodies();
    boolean resource = request.method().equals("PUT") || request.method().equals("PATCH");
    BodyShape otherwise = resource ? all.defined("Resource") : new BodyShape.Any();
    BodyShape shape = all.ofRequests().getOrDefault(key, otherwise);
    while (shape instanceof BodyShape.Reference reference) {
      shape = all.defined(reference.name());
    }
    JsonNode read = shape.read(request.json(), "", all::defined);
    if (resource && shape instanceof BodyShape.Members members) {
      requireKnown(read, members);
    }
    unbuilt.check(key, read);
    return BinaryData.fromBytes(Json.bytes(read));
  }

  private static void requireKnown(JsonNode body, BodyShape.Members shape) {
    for (Map.Entry<String, JsonNode> member : body.properties()) {
      String name = member.getKey();
      if (!shape.members().containsKey(name)
          && RESOURCE.stream().noneMatch(name::equalsIgnoreCase)) {
        throw ApiException.badRequest(
            "InvalidRequestContent",
            "The request content was invalid and could not be deserialized: 'Could not find member '%s' on object of type 'ResourceDefinition'. Path '%s'.'."
                .formatted(name, name));
      }
    }
  }

  /** Read when the first request asks for them: most commands send nothing that needs them. */
  private synchronized Bodies bodies() {
    Bodies known = bodies;
    if (known == null) {
      JsonNode all = read("bodies.json");
      known =
          new Bodies(
              ShapeReader.all(all.path("definitions")), ShapeReader.all(all.path("requests")));
      bodies = known;
    }
    return known;
  }

  private synchronized Map<String, List<String>> notBuilt() {
    Map<String, List<String>> known = notBuilt;
    if (known == null) {
      Map<String, List<String>> read = new HashMap<>();
      read("queries.json")
          .path("notBuilt")
          .properties()
          .forEach(e -> read.put(e.getKey(), ShapeReader.texts(e.getValue())));
      known = read;
      notBuilt = read;
    }
    return known;
  }

  static JsonNode read(String name) {
    return Json.resource(RequestContract.class, name);
  }
}
