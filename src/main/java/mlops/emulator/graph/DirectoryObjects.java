package mlops.emulator.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.login.directory.Directory;

/** Directory objects of any kind by their ids. */
final class DirectoryObjects {
  private static final String PREFIX = "#microsoft.graph.";

  private final Directory directory;
  private final Applications applications;

  DirectoryObjects(Directory directory, Applications applications) {
    this.directory = directory;
    this.applications = applications;
  }

  void addTo(MicrosoftGraph.Routes routes) {
    routes.add("POST", "/directoryObjects/getByIds", this::getByIds);
    routes.add("GET", "/directoryObjects/{id}", this::get);
  }

  private Response getByIds(Request request) {
    ObjectNode body = request.json();
    List<String> types = new ArrayList<>();
    body.path("types").forEach(t -> types.add(PREFIX + t.asText().toLowerCase(Locale.ROOT)));
    List<ObjectNode> found = new ArrayList<>();
    for (JsonNode id : body.path("ids")) {
      find(id.asText())
          .filter(
              o ->
                  types.isEmpty()
                      || types.contains(o.path("@odata.type").asText().toLowerCase(Locale.ROOT)))
          .ifPresent(found::add);
    }
    return ODataResponses.collection(request, "directoryObjects", found);
  }

  private Response get(Request request) {
    String id = request.parameter("id");
    return ODataResponses.entity(
        request, 200, "directoryObjects", find(id).orElseThrow(() -> MicrosoftGraph.notFound(id)));
  }

  private Optional<ObjectNode> find(String id) {
    Optional<ObjectNode> application =
        applications.all().stream()
            .filter(a -> a.path("id").asText().equalsIgnoreCase(id))
            .findFirst()
            .map(a -> typed("application", a));
    return application.or(() -> directory.object(id).map(DirectoryObjects::shown));
  }

  private static ObjectNode shown(ObjectNode object) {
    return object.path("@odata.type").asText().endsWith(".user")
        ? typed("user", Users.shown(object))
        : typed("servicePrincipal", ServicePrincipals.shown(object));
  }

  private static ObjectNode typed(String type, ObjectNode object) {
    ObjectNode typed = Json.object().put("@odata.type", PREFIX + type);
    typed.setAll(object);
    return typed;
  }
}
