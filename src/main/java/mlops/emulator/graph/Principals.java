package mlops.emulator.graph;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.login.directory.Directory;

/** What can be in a group, own something or hold a role: users, service principals and groups. */
final class Principals {
  static final String PREFIX = "#microsoft.graph.";

  private final Directory directory;

  Principals(Directory directory) {
    this.directory = directory;
  }

  /** By object id, a user also by the principal name; as Graph shows it, with its type. */
  Optional<ObjectNode> find(String key) {
    if (key.isEmpty()) {
      return Optional.empty(); // most objects have no principal name: it would be any of them
    }
    return directory.object(key).or(() -> named(key)).map(Principals::shown);
  }

  /** A page of those of these ids that are there. */
  Response list(Request request, Set<String> ids) {
    List<ObjectNode> found = ids.stream().map(this::find).flatMap(Optional::stream).toList();
    return ODataResponses.collection(request, "directoryObjects", found);
  }

  private Optional<ObjectNode> named(String key) {
    return directory.objects().stream()
        .filter(o -> o.path("userPrincipalName").asText().equalsIgnoreCase(key))
        .findFirst();
  }

  private static ObjectNode shown(ObjectNode object) {
    String type = object.path("@odata.type").asText().substring(PREFIX.length());
    return switch (type) {
      case "user" -> typed(type, Users.shown(object));
      case "group" -> typed(type, Groups.shown(object));
      default -> typed(type, ServicePrincipals.shown(object));
    };
  }

  static ObjectNode typed(String type, ObjectNode object) {
    ObjectNode typed = Json.object().put("@odata.type", PREFIX + type);
    typed.setAll(object);
    return typed;
  }
}
