package mlops.emulator.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.login.directory.DirectoryLinks;
import mlops.emulator.state.StateTree;

/** Users, groups and service principals that an object names: its {@code members}, or owners. */
final class LinkedObjects {
  private final String name;
  private final StateTree state;
  private final DirectoryLinks links;
  private final Principals principals;

  private LinkedObjects(String name, StateTree state, DirectoryLinks links, Principals principals) {
    this.name = name;
    this.state = state;
    this.links = links;
    this.principals = principals;
  }

  static LinkedObjects members(StateTree state, Principals principals) {
    return new LinkedObjects("members", state, DirectoryLinks.members(state), principals);
  }

  static LinkedObjects owners(StateTree state, Principals principals) {
    return new LinkedObjects("owners", state, DirectoryLinks.owners(state), principals);
  }

  /**
   * @param find the object of the set that a path names
   */
  void addTo(MicrosoftGraph.Routes routes, String set, Function<Request, ObjectNode> find) {
    String path = set + "/{id}/" + name;
    Function<Request, String> from = r -> find.apply(r).path("id").asText();
    routes.add("GET", path, r -> principals.list(r, links.of(from.apply(r))));
    routes.add("POST", path + "/$ref", r -> add(r, from.apply(r)));
    routes.add("DELETE", path + "/{linked}/$ref", r -> remove(r, from.apply(r)));
    if (name.equals("members")) {
      String all = set + "/{id}/transitiveMembers";
      routes.add("GET", all, r -> principals.list(r, links.allOf(from.apply(r))));
    }
  }

  private Response add(Request request, String from) {
    String reference = request.json().path("@odata.id").asText();
    return state.exclusively(
        () -> {
          if (!links.add(from, referred(reference))) {
            throw MicrosoftGraph.bad(
                "One or more added object references already exist for the following modified properties: '%s'."
                    .formatted(name));
          }
          return Response.empty(204);
        });
  }

  /**
   * Takes what a body names in {@code members@odata.bind} out of it.
   *
   * @return links it, inside {@code exclusively}, to the object of an id
   */
  Consumer<String> bound(ObjectNode body) {
    List<String> ids = new ArrayList<>();
    JsonNode references = body.remove(name + "@odata.bind");
    if (references != null) {
      references.forEach(reference -> ids.add(referred(reference.asText())));
    }
    return from -> ids.forEach(id -> links.add(from, id));
  }

  /** The id that the URL of a reference ends in, if it is one of a principal. */
  private String referred(String reference) {
    String id = reference.substring(reference.lastIndexOf('/') + 1);
    return principals
        .find(id)
        .map(o -> o.path("id").asText())
        .orElseThrow(() -> MicrosoftGraph.notFound(id));
  }

  private Response remove(Request request, String from) {
    String linked = request.parameter("linked").toLowerCase(Locale.ROOT);
    return state.exclusively(
        () -> {
          if (!links.remove(from, linked)) {
            throw MicrosoftGraph.notFound(linked);
          }
          return Response.empty(204);
        });
  }

  /** Inside {@code exclusively}. */
  void removeAll(String from) {
    links.removeAll(from);
  }
}
