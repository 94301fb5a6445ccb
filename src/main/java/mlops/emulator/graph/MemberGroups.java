package mlops.emulator.graph;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.login.directory.DirectoryLinks;

/** The groups that users, service principals and groups are in. */
final class MemberGroups {
  private static final List<String> SETS =
      List.of("/users", "/servicePrincipals", "/groups", "/directoryObjects");

  private final DirectoryLinks members;
  private final Principals principals;

  MemberGroups(DirectoryLinks members, Principals principals) {
    this.members = members;
    this.principals = principals;
  }

  void addTo(MicrosoftGraph.Routes routes) {
    for (String set : SETS) {
      addTo(routes, set + "/{id}");
    }
    addTo(routes, "/me");
  }

  private void addTo(MicrosoftGraph.Routes routes, String one) {
    routes.add("GET", one + "/memberOf", r -> principals.list(r, members.to(id(r))));
    routes.add("GET", one + "/transitiveMemberOf", r -> principals.list(r, members.allTo(id(r))));
    routes.add("POST", one + "/getMemberGroups", this::all);
    routes.add("POST", one + "/getMemberObjects", this::all);
    routes.add("POST", one + "/checkMemberGroups", r -> check(r, "groupIds"));
    routes.add("POST", one + "/checkMemberObjects", r -> check(r, "ids"));
  }

  /** The object that a path names, a user also by the principal name; {@code me} is the caller. */
  private String id(Request request) {
    String key = request.parameters().getOrDefault("id", request.caller().objectId());
    return principals
        .find(key)
        .map(o -> o.path("id").asText())
        .orElseThrow(() -> MicrosoftGraph.notFound(key));
  }

  /** All groups here are security groups, so that asking for those alone changes nothing. */
  private Response all(Request request) {
    return ODataResponses.texts(request, members.allTo(id(request)));
  }

  private Response check(Request request, String asked) {
    Set<String> wanted = new LinkedHashSet<>();
    for (JsonNode id : request.json().path(asked)) {
      wanted.add(id.asText());
    }
    wanted.retainAll(members.allTo(id(request)));
    return ODataResponses.texts(request, wanted);
  }
}
