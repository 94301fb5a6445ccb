package mlops.emulator.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.login.directory.Directory;
import mlops.emulator.state.StateTree;

/** Security groups, with assigned members. */
final class Groups {
  private static final String SET = "groups";
  private static final List<String> READ_ONLY =
      List.of("id", "createdDateTime", "deletedDateTime", "renewedDateTime", "securityIdentifier");

  /** What makes a group one of Exchange or Microsoft 365, or lets rules say who is in it. */
  private static final List<String> UNBUILT =
      List.of("membershipRule", "membershipRuleProcessingState", "mailEnabled");

  private final StateTree state;
  private final Directory directory;
  private final LinkedObjects members;
  private final LinkedObjects owners;
  private final Clock clock;

  Groups(
      StateTree state,
      Directory directory,
      LinkedObjects members,
      LinkedObjects owners,
      Clock clock) {
    this.state = state;
    this.directory = directory;
    this.members = members;
    this.owners = owners;
    this.clock = clock;
  }

  void addTo(MicrosoftGraph.Routes routes) {
    routes.add("POST", "/groups", this::create);
    routes.add("GET", "/groups", r -> ODataResponses.collection(r, SET, all()));
    routes.add("GET", "/groups/$count", r -> ODataResponses.count(r, SET, all()));
    routes.add("GET", "/groups/{id}", r -> ODataResponses.entity(r, 200, SET, find(r)));
    routes.add("PATCH", "/groups/{id}", this::update);
    routes.add("DELETE", "/groups/{id}", this::delete);
    members.addTo(routes, "/groups", this::find);
    owners.addTo(routes, "/groups", this::find);
  }

  private List<ObjectNode> all() {
    return directory.objects().stream().filter(Groups::isGroup).map(Groups::shown).toList();
  }

  static boolean isGroup(ObjectNode object) {
    return object.path("@odata.type").asText().endsWith(".group");
  }

  static ObjectNode shown(ObjectNode kept) {
    ObjectNode shown = kept.deepCopy();
    shown.remove("@odata.type");
    return shown;
  }

  private ObjectNode find(Request request) {
    String id = request.parameter("id");
    return directory
        .object(id)
        .filter(Groups::isGroup)
        .map(Groups::shown)
        .orElseThrow(() -> MicrosoftGraph.notFound(id));
  }

  private Response create(Request request) {
    ObjectNode body = request.json();
    ObjectNode group = ODataResponses.template("group");
    String now = clock.instant().toString();
    group.put("id", UUID.randomUUID().toString());
    group.put("createdDateTime", now).put("renewedDateTime", now);
    return state.exclusively(
        () -> {
          set(body, group);
          return ODataResponses.entity(request, 201, SET, shown(group));
        });
  }

  private Response update(Request request) {
    ObjectNode body = request.json();
    return state.exclusively(
        () -> {
          ObjectNode group = find(request);
          set(body, group);
          return Response.empty(204);
        });
  }

  private void set(ObjectNode body, ObjectNode group) {
    Consumer<String> linked = members.bound(body).andThen(owners.bound(body));
    for (String member : UNBUILT) {
      if (!List.of("", "false", "null").contains(body.path(member).asText(""))) {
        throw unbuilt(member, body.get(member));
      }
    }
    if (!body.path("groupTypes").isEmpty()) {
      throw unbuilt("groupTypes", body.get("groupTypes"));
    }
    ODataResponses.apply(body, group, READ_ONLY);
    for (String needed : List.of("displayName", "mailNickname")) {
      if (group.path(needed).asText("").isBlank()) {
        throw MicrosoftGraph.bad(
            "A value is required for property '%s' of resource 'Group'.".formatted(needed));
      }
    }
    if (!group.path("securityEnabled").asBoolean()) {
      throw MicrosoftGraph.bad("A group that is not mail-enabled has to be security-enabled.");
    }
    group.put("@odata.type", "#microsoft.graph.group");
    directory.put(group);
    linked.accept(group.path("id").asText());
  }

  private static ApiException unbuilt(String member, JsonNode value) {
    return ApiException.notImplemented(
        "The embedded Microsoft Graph has security groups with assigned members only: it does not know '%s': %s."
            .formatted(member, value));
  }

  /** A security group that is deleted is gone: only Microsoft 365 groups can be restored. */
  private Response delete(Request request) {
    return state.exclusively(
        () -> {
          String id = find(request).path("id").asText();
          members.removeAll(id);
          owners.removeAll(id);
          directory.remove(id);
          return Response.empty(204);
        });
  }
}
