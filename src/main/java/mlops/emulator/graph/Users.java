package mlops.emulator.graph;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Caller;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.login.directory.Directory;

/** Users, and the one who is signed in. */
final class Users {
  private static final List<String> SHOWN =
      List.of(
          "displayName",
          "givenName",
          "jobTitle",
          "mail",
          "mobilePhone",
          "officeLocation",
          "preferredLanguage",
          "surname",
          "userPrincipalName",
          "id");

  private final Directory directory;

  Users(Directory directory) {
    this.directory = directory;
  }

  void addTo(MicrosoftGraph.Routes routes) {
    routes.add("GET", "/me", this::me);
    routes.add("GET", "/users", this::list);
    routes.add("GET", "/users/$count", r -> ODataResponses.count(r, "users", all()));
    routes.add("GET", "/users/{id}", r -> get(r, r.parameter("id")));
  }

  private Response me(Request request) {
    if (!request.caller().type().equals(Caller.USER)) {
      throw ApiException.badRequest(
          "BadRequest", "/me request is only valid with delegated authentication flow.");
    }
    return get(request, request.caller().objectId());
  }

  private Response list(Request request) {
    return ODataResponses.collection(request, "users", all());
  }

  private List<ObjectNode> all() {
    return users().map(Users::shown).toList();
  }

  private Response get(Request request, String key) {
    return ODataResponses.entity(
        request,
        200,
        "users",
        users()
            .filter(
                u ->
                    u.path("id").asText().equalsIgnoreCase(key)
                        || u.path("userPrincipalName").asText().equalsIgnoreCase(key))
            .map(Users::shown)
            .findFirst()
            .orElseThrow(() -> MicrosoftGraph.notFound(key)));
  }

  private Stream<ObjectNode> users() {
    return directory.objects().stream()
        .filter(o -> o.path("@odata.type").asText().endsWith(".user"));
  }

  static ObjectNode shown(ObjectNode user) {
    ObjectNode shown = Json.object();
    shown.putArray("businessPhones");
    for (String field : SHOWN) {
      shown.set(field, user.path(field).isMissingNode() ? Json.MAPPER.nullNode() : user.get(field));
    }
    return shown;
  }
}
