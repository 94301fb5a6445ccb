package mlops.emulator.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Clock;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.EmbeddedCloud.Answer;
import mlops.emulator.login.directory.ClientSecrets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** The requests that the Azure CLI sends to Microsoft Graph. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@ParameterizedClass
@ValueSource(strings = {"v1.0", "beta"})
@SuppressWarnings("NullAway.Init")
class GraphTest {
  private static final String GITHUB =
      "{'name':'GitHubDevDeploy','issuer':'https://token.actions.githubusercontent.com','subject':'repo:me/it:environment:Dev','description':'Dev','audiences':['api://AzureADTokenExchange']}";

  @Parameter String version;
  @TempDir Path folder;
  private EmbeddedCloud cloud;

  @BeforeEach
  void open() {
    cloud = EmbeddedCloud.in(folder);
  }

  @Test
  void the_signed_in_user_is_found_as_me_and_among_the_users() {
    String id = cloud.azure().user().objectId();
    assertEquals(id, get("/me").text("/id"));
    assertEquals(id, get("/users/" + id).text("/id"));
    assertEquals(
        1, get("/users?$filter=startswith(displayName,'local')").json().at("/value").size());
    assertEquals("Request_ResourceNotFound", get("/users/nobody").code());
    JsonNode selected = get("/me?$select=id").json();
    assertEquals(2, selected.size(), selected::toString);
  }

  @Test
  void an_application_is_created_found_changed_deleted_and_restored() {
    Answer app = post("/applications", "{'displayName':'gitAppdevdemo','keyCredentials':[]}");
    assertEquals(201, app.status());
    String id = app.text("/id");
    String appId = app.text("/appId");
    assertEquals(
        id, get("/applications?$filter=startswith(displayName,'gitApp')").text("/value/0/id"));
    assertEquals(id, get("/applications?$filter=appId eq '" + appId + "'").text("/value/0/id"));
    assertEquals(204, send("PATCH", "/applications/" + id, "{'description':'x'}").status());
    assertEquals("x", get("/applications/" + id).text("/description"));
    assertEquals("BadRequest", send("PATCH", "/applications/" + id, "{'colour':'red'}").code());
    assertEquals(
        201, post("/applications/" + id + "/federatedIdentityCredentials", GITHUB).status());
    assertEquals(204, send("DELETE", "/applications/" + id, "").status());
    assertEquals(404, get("/applications/" + id).status());
    String bin = "/directory/deletedItems/";
    assertEquals(id, get(bin + "microsoft.graph.application").text("/value/0/id"));
    assertEquals(200, post(bin + id + "/restore", "").status());
    assertEquals(
        1, get("/applications/" + id + "/federatedIdentityCredentials").json().at("/value").size());
    assertEquals(204, send("DELETE", "/applications/" + id, "").status());
    assertEquals(204, send("DELETE", bin + id, "").status());
    assertEquals(404, get(bin + id).status());
    assertEquals("Request_BadRequest", post("/applications", "{}").code());
  }

  @Test
  void federated_credentials_have_unique_names_and_subjects_and_limits() {
    String id = post("/applications", "{'displayName':'a'}").text("/id");
    String credentials = "/applications/" + id + "/federatedIdentityCredentials";
    Answer first = post(credentials, GITHUB);
    assertEquals(201, first.status(), () -> first.json().toString());
    assertEquals(409, post(credentials, GITHUB).status());
    assertEquals(409, post(credentials, GITHUB.replace("GitHubDevDeploy", "Other")).status());
    assertEquals(
        "Request_BadRequest",
        post(credentials, GITHUB.replace("['api://AzureADTokenExchange']", "[]")).code());
    String one = credentials + "/" + first.text("/id");
    assertEquals(204, send("PATCH", one, "{'subject':'repo:me/it:ref:refs/heads/main'}").status());
    assertEquals("repo:me/it:ref:refs/heads/main", get(one).text("/subject"));
    for (int i = 1; i < 20; i++) {
      String other = GITHUB.replace("GitHubDevDeploy", "n" + i).replace(":Dev", ":e" + i);
      assertEquals(201, post(credentials, other).status());
    }
    String tooMany = GITHUB.replace("GitHubDevDeploy", "n20").replace(":Dev", ":e20");
    assertEquals("Request_BadRequest", post(credentials, tooMany).code());
    assertEquals(204, send("DELETE", one, "").status());
    assertEquals(404, get(one).status());
    assertEquals(404, get("/applications/" + "none" + "/federatedIdentityCredentials").status());
  }

  @Test
  void a_service_principal_stands_for_one_application() {
    String appId = post("/applications", "{'displayName':'sp'}").text("/appId");
    String body = "{'appId':'" + appId + "','accountEnabled':true}";
    Answer principal = post("/servicePrincipals", body);
    assertEquals(201, principal.status());
    assertEquals(
        "Request_MultipleObjectsWithSameKeyValue", post("/servicePrincipals", body).code());
    assertEquals(
        "NoBackingApplicationObject",
        post("/servicePrincipals", "{'appId':'33333333-3333-3333-3333-333333333333'}").code());
    String filter = "/servicePrincipals?$filter=servicePrincipalNames/any(c:c eq '" + appId + "')";
    assertEquals(principal.text("/id"), get(filter).text("/value/0/id"));
    String ids = "{'ids':['" + principal.text("/id") + "','nobody'],'types':['servicePrincipal']}";
    Answer byId = post("/directoryObjects/getByIds", ids);
    assertEquals(1, byId.json().at("/value").size());
    assertEquals("#microsoft.graph.servicePrincipal", byId.text("/value/0/@odata.type"));
    assertEquals(204, send("DELETE", "/servicePrincipals/" + principal.text("/id"), "").status());
    assertEquals(0, get(filter).json().at("/value").size());
  }

  @Test
  void a_password_is_told_once_kept_as_a_hash_and_works_until_removed() {
    Answer app = post("/applications", "{'displayName':'pw'}");
    String url = "/applications/" + app.text("/id");
    Answer added = post(url + "/addPassword", "{'passwordCredential':{'displayName':'rbac'}}");
    String secret = added.text("/secretText");
    assertEquals(200, added.status());
    assertTrue(get(url).json().at("/passwordCredentials/0/secretText").isNull());
    ClientSecrets secrets = new ClientSecrets(cloud.azure().state(), Clock.systemUTC());
    assertTrue(secrets.matches(app.text("/appId"), secret));
    assertFalse(secrets.matches(app.text("/appId"), secret + "x"));
    String keyId = "{'keyId':'" + added.text("/keyId") + "'}";
    assertEquals(204, post(url + "/removePassword", keyId).status());
    assertFalse(secrets.matches(app.text("/appId"), secret));
    assertEquals("Request_BadRequest", post(url + "/removePassword", keyId).code());
  }

  @Test
  void pages_go_on_where_the_last_one_ended_and_strangers_are_refused() {
    for (String name : new String[] {"a", "b", "c"}) {
      post("/applications", "{'displayName':'" + name + "'}");
    }
    Answer page = get("/applications?$top=2&$count=true");
    assertEquals(2, page.json().at("/value").size());
    assertEquals(3, page.json().at("/@odata.count").asInt());
    Answer next = cloud.send("GET", page.text("/@odata.nextLink"), "");
    assertEquals(1, next.json().at("/value").size());
    assertEquals(
        401,
        cloud
            .send(
                "GET", base() + "/me", "", cloud.azure().userToken("https://management.azure.com"))
            .status());
    assertEquals("BadRequest", get("/applications?$filter=displayName like 'a'").code());
    assertEquals("Request_BadRequest", get("/applications?$search=a").code());
    assertEquals(501, get("/applications?$expand=owners").status());
  }

  @Test
  void a_service_principal_is_found_changed_and_given_a_password() {
    String appId = post("/applications", "{'displayName':'worker'}").text("/appId");
    String id = post("/servicePrincipals", "{'appId':'" + appId + "'}").text("/id");
    String one = "/servicePrincipals/" + id;
    assertEquals(appId, get(one).text("/appId"));
    assertEquals(id, get("/directoryObjects/" + id).text("/id"));
    assertEquals(204, send("PATCH", one, "{'accountEnabled':false}").status());
    assertFalse(get(one).json().path("accountEnabled").asBoolean());
    for (String owned : new String[] {one, "/applications/" + applicationId(appId)}) {
      assertEquals(200, get(owned + "/owners").status());
      assertTrue(get(owned + "/owners").json().path("value").isArray());
    }
    Answer added = post(one + "/addPassword", "{'passwordCredential':{'displayName':'x'}}");
    assertEquals(1, get(one).json().path("passwordCredentials").size());
    String keyId = "{'keyId':'" + added.text("/keyId") + "'}";
    assertEquals(204, post(one + "/removePassword", keyId).status());
    assertEquals(0, get(one).json().path("passwordCredentials").size());
  }

  private String applicationId(String appId) {
    return get("/applications?$filter=appId eq '" + appId + "'").text("/value/0/id");
  }

  private String base() {
    return "https://graph.microsoft.com/" + version;
  }

  private Answer get(String path) {
    return send("GET", path, "");
  }

  private Answer post(String path, String body) {
    return send("POST", path, body);
  }

  private Answer send(String method, String path, String body) {
    return cloud.send(method, base() + path, body.replace('\'', '"'));
  }
}
