package mlops.emulator.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;

/** Directory objects of any kind by their ids. */
final class DirectoryObjects {
  private final Principals principals;
  private final Applications applications;

  DirectoryObjects(Principals principals, Applications applications) {
    this.principals = principals;
    this.applications = applications;
  }

  void addTo(MicrosoftGraph.Routes routes) {
    routes.add("POST", "/directoryObjects/getByIds", this::getByIds);
    routes.add("GET", "/directoryObjects/{id}", this::get);
  }

  private Response getByIds(Request request) {
    ObjectNode body = request.json();
    List<String> types = new ArrayList<>();
    body.path("types")
        .forEach(t -> types.add(Principals.PREFIX + t.asText().toLowerCase(Locale.ROOT)));
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
            .map(a -> Principals.typed("application", a));
    return application.or(() -> principals.find(id));
  }
}
