package mlops.emulator.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.EmbeddedCloud.Answer;
import mlops.emulator.login.directory.Directory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups of the directory, who is in them, and the roles that they pass on. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@ParameterizedClass
@ValueSource(strings = {"v1.0", "beta"})
@SuppressWarnings("NullAway.Init")
class GroupsTest {
  private static final String GROUP = EmbeddedCloud.SUBSCRIPTION + "/resourceGroups/rg-g";

  @Parameter String version;
  @TempDir Path folder;
  private EmbeddedCloud cloud;
  private String someone;

  @BeforeEach
  void openWithAPrincipal() {
    cloud = EmbeddedCloud.in(folder);
    someone = new Directory(cloud.azure().state()).managedIdentity("someone", "/x").objectId();
  }

  private String graph() {
    return "https://graph.microsoft.com/" + version;
  }

  private Answer send(String method, String path, String body) {
    return cloud.send(method, graph() + path, body.replace('\'', '"'));
  }

  private String group(String name, String more) {
    Answer made =
        send(
            "POST",
            "/groups",
            "{'displayName':'%s','mailNickname':'nick','mailEnabled':false,'securityEnabled':true%s}"
                .formatted(name, more));
    assertEquals(201, made.status(), () -> made.json().toString());
    return made.text("/id");
  }

  private Answer add(String group, String member) {
    String reference = graph() + "/directoryObjects/" + member;
    return send("POST", "/groups/" + group + "/members/$ref", "{'@odata.id':'" + reference + "'}");
  }

  private List<String> ids(JsonNode answer) {
    return StreamSupport.stream(answer.path("value").spliterator(), false)
        .map(v -> v.isTextual() ? v.asText() : v.path("id").asText())
        .sorted()
        .toList();
  }

  private List<String> list(String path) {
    return ids(send("GET", path, "").json());
  }

  @Test
  void a_group_is_made_found_changed_and_deleted() {
    String id = group("Data Scientists", "");
    assertEquals(List.of(id), list("/groups?$filter=startswith(displayName,'data')"));
    assertEquals(204, send("PATCH", "/groups/" + id, "{'description':'x'}").status());
    Answer got = send("GET", "/groups/" + id, "");
    assertEquals("x", got.text("/description"));
    assertEquals("Request_BadRequest", send("POST", "/groups", "{'displayName':'a'}").code());
    assertEquals("BadRequest", send("PATCH", "/groups/" + id, "{'colour':'red'}").code());
    assertEquals(501, send("PATCH", "/groups/" + id, "{'mailEnabled':true}").status());
    assertEquals(501, send("PATCH", "/groups/" + id, "{'groupTypes':['Unified']}").status());
    assertEquals(
        "#microsoft.graph.group", send("GET", "/directoryObjects/" + id, "").text("/@odata.type"));
    assertEquals(204, send("DELETE", "/groups/" + id, "").status());
    assertEquals("Request_ResourceNotFound", send("GET", "/groups/" + id, "").code());
  }

  @Test
  void members_come_and_go_and_groups_lie_in_groups() {
    String user = cloud.azure().user().objectId();
    String inner = group("inner", ",'members@odata.bind':['" + graph() + "/users/" + user + "']");
    String outer = group("outer", ",'owners@odata.bind':['" + graph() + "/users/" + user + "']");
    assertEquals(204, add(outer, inner).status());
    assertEquals(204, add(inner, outer).status(), "a circle ends");
    assertEquals("Request_BadRequest", add(outer, inner).code());
    assertEquals("Request_ResourceNotFound", add(outer, UUID.randomUUID().toString()).code());
    assertTrue(send("POST", "/groups/" + outer + "/members/$ref", "{}").status() >= 400);
    assertEquals(404, add(outer, "").status());
    assertEquals(List.of(), ids(send("POST", "/directoryObjects/getByIds", "{'ids':['']}").json()));
    assertEquals(List.of(user), list("/groups/" + outer + "/owners"));
    assertEquals(List.of(inner), list("/groups/" + outer + "/members"));
    assertEquals(List.of(inner), list("/users/" + user + "/memberOf"));
    assertEquals(list("/users/" + user + "/transitiveMemberOf"), list("/me/transitiveMemberOf"));
    assertEquals(2, list("/me/transitiveMemberOf").size());
    assertEquals(3, list("/groups/" + outer + "/transitiveMembers").size());
    String name = send("GET", "/me", "").text("/userPrincipalName");
    Answer groups =
        send("POST", "/users/" + name + "/getMemberGroups", "{'securityEnabledOnly':true}");
    assertEquals(2, groups.json().path("value").size(), () -> groups.json().toString());
    String check = "{'groupIds':['" + outer + "','" + UUID.randomUUID() + "']}";
    String path = "/directoryObjects/" + user + "/checkMemberGroups";
    assertEquals(List.of(outer), ids(send("POST", path, check).json()));
    String reference = "/groups/" + inner + "/members/" + user + "/$ref";
    assertEquals(204, send("DELETE", reference, "").status());
    assertEquals(404, send("DELETE", reference, "").status());
    assertEquals(List.of(), list("/me/memberOf"));
  }

  @Test
  void whatever_can_be_in_a_group_tells_which_it_is_in() {
    String user = cloud.azure().user().objectId();
    String outer = group("outer", "");
    String inner = group("inner", "");
    add(outer, inner);
    add(inner, someone);
    add(inner, user);
    for (String one :
        List.of(
            "/me",
            "/users/" + user,
            "/servicePrincipals/" + someone,
            "/directoryObjects/" + someone)) {
      assertEquals(List.of(inner), list(one + "/memberOf"));
      assertGroups(one, inner, outer);
    }
    assertGroups("/groups/" + inner, outer);
    assertEquals(List.of(outer), list("/groups/" + inner + "/memberOf"));
  }

  private void assertGroups(String one, String... groups) {
    List<String> sorted = List.of(groups).stream().sorted().toList();
    String ids = "['" + String.join("','", groups) + "']";
    assertEquals(sorted, list(one + "/transitiveMemberOf"));
    for (String get : List.of("/getMemberGroups", "/getMemberObjects")) {
      Answer got = send("POST", one + get, "{'securityEnabledOnly':false}");
      assertEquals(sorted, ids(got.json()), () -> one + get);
    }
    Answer groupsOf = send("POST", one + "/checkMemberGroups", "{'groupIds':" + ids + "}");
    assertEquals(sorted, ids(groupsOf.json()));
    assertEquals(
        sorted, ids(send("POST", one + "/checkMemberObjects", "{'ids':" + ids + "}").json()));
  }

  @Test
  void owners_of_an_application_are_named_and_kept() {
    String user = cloud.azure().user().objectId();
    String bind = "'owners@odata.bind':['" + graph() + "/directoryObjects/" + user + "']";
    Answer application = send("POST", "/applications", "{'displayName':'a'," + bind + "}");
    assertEquals(201, application.status(), () -> application.json().toString());
    assertEquals(List.of(user), list("/applications/" + application.text("/id") + "/owners"));
    String appId = application.text("/appId");
    String principal = send("POST", "/servicePrincipals", "{'appId':'" + appId + "'}").text("/id");
    String owners = "/servicePrincipals/" + principal + "/owners";
    String reference = "{'@odata.id':'" + graph() + "/directoryObjects/" + user + "'}";
    String ofApplication = "/applications/" + application.text("/id") + "/owners";
    assertEquals(204, send("DELETE", ofApplication + "/" + user + "/$ref", "").status());
    for (String of : List.of(owners, ofApplication, "/groups/" + group("g", "") + "/owners")) {
      assertEquals(List.of(), list(of));
      assertEquals(204, send("POST", of + "/$ref", reference).status());
      assertEquals(List.of(user), list(of));
      assertEquals(204, send("DELETE", of + "/" + user + "/$ref", "").status());
    }
    for (String set : List.of("applications", "servicePrincipals", "users")) {
      assertEquals(list("/" + set).size(), eventually("/" + set + "/$count").asInt());
    }
  }

  /** The principal is in a group that is in the group that holds the role. */
  @Test
  void a_role_of_a_group_works_for_all_who_are_in_it() {
    cloud.send("PUT", arm(GROUP), "{\"location\":\"eastus2\"}");
    String inner = group("inner", "");
    String outer = group("outer", "");
    add(outer, inner);
    assertEquals(403, asSomeone());
    String name = UUID.randomUUID().toString();
    String assignment = arm(GROUP + "/providers/Microsoft.Authorization/roleAssignments/" + name);
    String reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
    String body =
        "{'properties':{'roleDefinitionId':'/x/%s','principalId':'%s','principalType':'Group'}}"
            .formatted(reader, outer);
    Answer given = cloud.send("PUT", assignment, body.replace('\'', '"'));
    assertEquals("Group", given.text("/properties/principalType"), () -> given.json().toString());
    assertEquals(403, asSomeone());
    add(inner, someone);
    assertEquals(200, asSomeone());
    String assigned = "&$filter=assignedTo('" + someone + "')";
    String all = arm(GROUP + "/providers/Microsoft.Authorization/roleAssignments") + assigned;
    assertEquals(List.of(given.text("/id")), ids(cloud.send("GET", all, "").json()));
    send("DELETE", "/groups/" + inner + "/members/" + someone + "/$ref", "");
    assertEquals(403, asSomeone());
  }

  private static String arm(String path) {
    return EmbeddedCloud.ARM + path + "?api-version=2022-04-01";
  }

  private int asSomeone() {
    String token = cloud.tokenOf(someone, EmbeddedCloud.ARM);
    return cloud.send("GET", arm(GROUP), "", token).status();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "\"displayName:scient\"|1",
        "\"displayName:team data\"|1",
        "\"displayName:cient\"|0",
        "\"displayName:data\" AND \"mailNickname:nick\"|2",
        "\"displayName:zzz\" OR \"displayName:engineers\"|1",
      })
  void a_search_finds_what_has_words_that_begin_so(String search, int found) {
    group("Data Scientists", "");
    group("Engineers of DataTeam", "");
    String path = "/groups?$count=true&$search=" + search.replace(" ", "%20").replace("\"", "%22");
    assertEquals("Request_UnsupportedQuery", send("GET", path, "").code());
    assertEquals(found, eventually(path).path("value").size());
    assertEquals(found, eventually(path.replace("/groups?", "/groups/$count?")).asInt());
  }

  private JsonNode eventually(String path) {
    HttpRequest request = new HttpRequest(HttpMethod.GET, graph() + path);
    String token = cloud.userToken("https://graph.microsoft.com");
    request.setHeader(HttpHeaderName.AUTHORIZATION, "Bearer " + token);
    request.setHeader(HttpHeaderName.fromString("ConsistencyLevel"), "eventual");
    try (HttpResponse response = cloud.http().sendSync(request, Context.NONE)) {
      return response.getBodyAsBinaryData().toObject(JsonNode.class);
    }
  }

  @Test
  void pages_follow_each_other() {
    group("a", "");
    group("b", "");
    group("c", "");
    Answer first =
        send("GET", "/groups?$top=2&$select=id&$filter=startswith(mailNickname,'n')", "");
    assertEquals(2, first.json().path("value").size());
    Answer second = cloud.send("GET", first.text("/@odata.nextLink"), "");
    assertEquals(1, second.json().path("value").size(), () -> second.json().toString());
    assertEquals("", second.text("/@odata.nextLink"));
  }
}
