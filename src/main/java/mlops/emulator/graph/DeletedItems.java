package mlops.emulator.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.login.directory.Directory;
import mlops.emulator.state.StateTree;

/** {@code directory/deletedItems}: what was deleted can be restored until it is deleted here. */
final class DeletedItems {
  private static final String COLLECTION = "/directory/deletedItems";
  private static final String CREDENTIALS = "@federatedIdentityCredentials";

  private final StateTree state;
  private final Directory directory;
  private final Clock clock;

  DeletedItems(StateTree state, Directory directory, Clock clock) {
    this.state = state;
    this.directory = directory;
    this.clock = clock;
  }

  void addTo(MicrosoftGraph.Routes routes) {
    routes.add("GET", "/directory/deletedItems/{id}", this::getOrList);
    routes.add("DELETE", "/directory/deletedItems/{id}", this::purge);
    routes.add("POST", "/directory/deletedItems/{id}/restore", this::restore);
  }

  /** Inside {@code exclusively}. */
  void application(ObjectNode application) {
    String id = application.path("id").asText();
    ObjectNode item = application.deepCopy();
    item.put("@odata.type", "#microsoft.graph.application");
    state.list(FederatedCredentials.of(id)).forEach(c -> item.withArray("/" + CREDENTIALS).add(c));
    keep(item);
    state.delete(Applications.COLLECTION + "/" + id);
  }

  /** Inside {@code exclusively}. */
  void principal(ObjectNode principal) {
    ObjectNode item = principal.deepCopy();
    item.put("@odata.type", "#microsoft.graph.servicePrincipal");
    keep(item);
    directory.remove(principal.path("id").asText());
  }

  private void keep(ObjectNode item) {
    item.put("deletedDateTime", clock.instant().toString());
    state.write(COLLECTION + "/" + item.path("id").asText(), item);
  }

  /** {@code deletedItems/microsoft.graph.application} is the list of a type, else it is an id. */
  private Response getOrList(Request request) {
    String id = request.parameter("id");
    if (id.toLowerCase(Locale.ROOT).startsWith("microsoft.graph.")) {
      List<ObjectNode> items =
          state.list(COLLECTION).stream()
              .filter(i -> i.path("@odata.type").asText().equalsIgnoreCase("#" + id))
              .map(DeletedItems::shown)
              .toList();
      return ODataResponses.collection(request, "directoryObjects", items);
    }
    return ODataResponses.entity(request, 200, "directoryObjects", shown(find(id)));
  }

  private static ObjectNode shown(ObjectNode item) {
    item.remove(CREDENTIALS);
    return item;
  }

  private ObjectNode find(String id) {
    return state.read(COLLECTION + "/" + id).orElseThrow(() -> MicrosoftGraph.notFound(id));
  }

  private Response purge(Request request) {
    String id = request.parameter("id");
    return state.exclusively(
        () -> {
          find(id);
          state.delete(COLLECTION + "/" + id);
          return Response.empty(204);
        });
  }

  private Response restore(Request request) {
    String id = request.parameter("id");
    return state.exclusively(
        () -> {
          ObjectNode item = find(id);
          ObjectNode answer = shown(item.deepCopy());
          answer.putNull("deletedDateTime");
          if (item.path("@odata.type").asText().endsWith(".application")) {
            restoreApplication(item, answer);
          } else {
            directory.put(answer);
          }
          state.delete(COLLECTION + "/" + id);
          return ODataResponses.entity(request, 200, "directoryObjects", answer);
        });
  }

  private void restoreApplication(ObjectNode item, ObjectNode answer) {
    String id = item.path("id").asText();
    ObjectNode application = answer.deepCopy();
    application.remove("@odata.type");
    state.write(Applications.COLLECTION + "/" + id, application);
    for (JsonNode credential : item.path(CREDENTIALS)) {
      state.write(FederatedCredentials.of(id) + "/" + credential.path("id").asText(), credential);
    }
  }
}
