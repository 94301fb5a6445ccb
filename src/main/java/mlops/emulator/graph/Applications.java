package mlops.emulator.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.state.StateTree;

/** Applications, as the documents {@code /directory/applications/{id}}. */
final class Applications {
  static final String COLLECTION = "/directory/applications";
  private static final List<String> READ_ONLY =
      List.of("id", "appId", "createdDateTime", "deletedDateTime", "publisherDomain");

  private final StateTree state;
  private final ServicePrincipals principals;
  private final LinkedObjects owners;
  private final DeletedItems deleted;
  private final Clock clock;

  Applications(
      StateTree state,
      ServicePrincipals principals,
      LinkedObjects owners,
      DeletedItems deleted,
      Clock clock) {
    this.state = state;
    this.owners = owners;
    this.principals = principals;
    this.deleted = deleted;
    this.clock = clock;
  }

  void addTo(MicrosoftGraph.Routes routes) {
    routes.add("POST", "/applications", this::create);
    routes.add("GET", "/applications", r -> ODataResponses.collection(r, "applications", all()));
    routes.add(
        "GET", "/applications/{id}", r -> ODataResponses.entity(r, 200, "applications", find(r)));
    routes.add("PATCH", "/applications/{id}", this::update);
    routes.add("DELETE", "/applications/{id}", this::delete);
    routes.add("GET", "/applications/$count", r -> ODataResponses.count(r, "applications", all()));
    owners.addTo(routes, "/applications", this::find);
  }

  List<ObjectNode> all() {
    return state.list(COLLECTION);
  }

  /** The application that a path names by its object id. */
  ObjectNode find(Request request) {
    String id = request.parameter("id");
    return state.read(COLLECTION + "/" + id).orElseThrow(() -> MicrosoftGraph.notFound(id));
  }

  Optional<ObjectNode> withAppId(String appId) {
    return all().stream().filter(a -> a.path("appId").asText().equalsIgnoreCase(appId)).findFirst();
  }

  void write(ObjectNode application) {
    state.write(COLLECTION + "/" + application.path("id").asText(), application);
  }

  private Response create(Request request) {
    ObjectNode application = ODataResponses.template("application");
    application.put("id", UUID.randomUUID().toString());
    application.put("appId", UUID.randomUUID().toString());
    application.put("createdDateTime", clock.instant().toString());
    application.put("publisherDomain", "mlops.onmicrosoft.com");
    application.putNull("displayName");
    ObjectNode body = request.json();
    Consumer<String> owned = owners.bound(body);
    ODataResponses.apply(body, application, READ_ONLY);
    requireName(application);
    return state.exclusively(
        () -> {
          requireFreeUris(application);
          write(application);
          owned.accept(application.path("id").asText());
          return ODataResponses.entity(request, 201, "applications", application);
        });
  }

  private static void requireName(ObjectNode application) {
    String name = application.path("displayName").asText("");
    if (name.isBlank()) {
      throw MicrosoftGraph.bad(
          "A value is required for property 'displayName' of resource 'Application'.");
    }
    if (name.length() > 256) {
      throw MicrosoftGraph.bad(
          "Invalid value specified for property 'displayName' of resource 'Application'.");
    }
  }

  private void requireFreeUris(ObjectNode application) {
    for (JsonNode uri : application.path("identifierUris")) {
      for (ObjectNode other : all()) {
        boolean self = other.path("id").equals(application.path("id"));
        for (JsonNode taken : other.path("identifierUris")) {
          if (!self && taken.asText().equalsIgnoreCase(uri.asText())) {
            throw MicrosoftGraph.bad(
                "Another object with the same value for property identifierUris already exists.");
          }
        }
      }
    }
  }

  private Response update(Request request) {
    ObjectNode body = request.json();
    return state.exclusively(
        () -> {
          ObjectNode application = find(request);
          ODataResponses.apply(body, application, READ_ONLY);
          requireName(application);
          requireFreeUris(application);
          write(application);
          return Response.empty(204);
        });
  }

  /** Deleting an application takes its service principal along. */
  private Response delete(Request request) {
    return state.exclusively(
        () -> {
          ObjectNode application = find(request);
          principals.withAppId(application.path("appId").asText()).ifPresent(deleted::principal);
          deleted.application(application);
          return Response.empty(204);
        });
  }
}
