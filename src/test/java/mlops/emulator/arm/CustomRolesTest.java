package mlops.emulator.arm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.azure.core.management.Region;
import com.azure.core.util.BinaryData;
import com.azure.resourcemanager.storage.fluent.models.BlobContainerInner;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobStorageException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.UUID;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.EmbeddedCloud.Answer;
import mlops.emulator.login.directory.Directory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Roles of the tenant's own: made, found where they can be given, and allowing what they say. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class CustomRolesTest {
  private static final String GROUP = EmbeddedCloud.SUBSCRIPTION + "/resourceGroups/rg-c";
  private static final String AUTHORIZATION = "/providers/Microsoft.Authorization/";
  private static final String VERSION = "api-version=2022-04-01";
  private static final String ID = "11111111-2222-3333-4444-555555555555";
  private static final String OPERATOR =
      "{'actions':['Microsoft.Resources/subscriptions/resourceGroups/*','*/read'],'notActions':['*/delete']}";
  private static final String WRITER =
      "{'dataActions':['Microsoft.Storage/*/blobs/*'],'notDataActions':['*/blobs/delete']}";

  @TempDir Path folder;
  private EmbeddedCloud cloud;
  private String someone;

  @BeforeEach
  void openWithTwoGroupsAndAPrincipal() {
    cloud = EmbeddedCloud.in(folder);
    for (String group : new String[] {"rg-c", "rg-other"}) {
      cloud.resources().resourceGroups().define(group).withRegion(Region.US_EAST2).create();
    }
    someone = new Directory(cloud.azure().state()).managedIdentity("someone", "/x").objectId();
  }

  @AfterEach
  void everyExchangeWasAsDocumented() {
    cloud.assertAsDocumented();
  }

  private Answer put(String id, String name, String assignable, String permission) {
    return send(
        "PUT",
        GROUP + AUTHORIZATION + "roleDefinitions/" + id,
        "{'properties':{'roleName':'%s','type':'CustomRole','assignableScopes':['%s'],'permissions':[%s]}}"
            .formatted(name, assignable, permission));
  }

  private Answer send(String method, String path, String body) {
    String url = EmbeddedCloud.ARM + path + (path.contains("?") ? "&" : "?") + VERSION;
    return cloud.send(method, url, body.replace('\'', '"'));
  }

  private Answer assign(String scope, String role, String principal) {
    return send(
        "PUT",
        scope + AUTHORIZATION + "roleAssignments/" + UUID.randomUUID(),
        "{'properties':{'roleDefinitionId':'%sroleDefinitions/%s','principalId':'%s'}}"
            .formatted(AUTHORIZATION, role, principal));
  }

  private int asSomeone(String method, String path, String body) {
    String token = cloud.tokenOf(someone, EmbeddedCloud.ARM);
    String url = EmbeddedCloud.ARM + path + "?" + VERSION;
    return cloud.send(method, url, body.replace('\'', '"'), token).status();
  }

  private JsonNode custom(String scope, String filter) {
    String path = scope + AUTHORIZATION + "roleDefinitions?$filter=" + filter;
    return send("GET", path, "").json().path("value");
  }

  @Test
  void a_role_allows_what_it_says_where_it_is_given() {
    Answer made = put(ID, "Operator", GROUP, OPERATOR);
    assertEquals(201, made.status(), () -> made.json().toString());
    assertEquals("CustomRole", made.text("/properties/type"));
    assertEquals(201, assign(GROUP, ID, someone).status());
    assertEquals(200, asSomeone("GET", GROUP, ""));
    assertEquals(200, asSomeone("PATCH", GROUP, "{'tags':{'a':'b'}}"));
    assertEquals(403, asSomeone("DELETE", GROUP, ""));
    assertEquals(403, asSomeone("GET", GROUP.replace("rg-c", "rg-other"), ""));
    put(ID, "Operator", GROUP, "{'actions':['Microsoft.Storage/*']}");
    assertEquals(403, asSomeone("GET", GROUP, ""), "a change works at once");
  }

  @Test
  void its_data_actions_work_in_storage() {
    cloud.resources().providers().register("Microsoft.Storage");
    cloud
        .storage()
        .storageAccounts()
        .define("stgcustom")
        .withRegion(Region.US_EAST2)
        .withExistingResourceGroup("rg-c")
        .create();
    put(ID, "Writer", GROUP, WRITER);
    assign(GROUP, ID, someone);
    BlobContainerClient container =
        new BlobServiceClientBuilder()
            .httpClient(cloud.http())
            .endpoint("https://stgcustom.blob.core.windows.net")
            .credential(cloud.bearer(cloud.tokenOf(someone, "https://storage.azure.com")))
            .buildClient()
            .getBlobContainerClient("data");
    cloud
        .storage()
        .serviceClient()
        .getBlobContainers()
        .create("rg-c", "stgcustom", "data", new BlobContainerInner());
    BlobClient blob = container.getBlobClient("a.txt");
    blob.upload(BinaryData.fromString("text"));
    assertEquals("text", blob.downloadContent().toString());
    BlobStorageException denied = assertThrows(BlobStorageException.class, blob::delete);
    assertEquals(403, denied.getStatusCode());
  }

  @Test
  void it_is_found_and_given_only_where_it_can_be_given() {
    put(ID, "Operator", GROUP, OPERATOR);
    assertEquals(1, custom(GROUP, "roleName eq 'operator'").size());
    assertEquals(1, custom(GROUP, "type eq 'CustomRole'").size());
    String subscription = EmbeddedCloud.SUBSCRIPTION;
    assertEquals(0, custom(subscription, "type eq 'CustomRole'").size());
    assertEquals(1, custom(subscription, "atScopeAndBelow() and type eq 'CustomRole'").size());
    assertEquals(0, custom("", "type eq 'CustomRole'").size());
    String other = GROUP.replace("rg-c", "rg-other");
    assertEquals("RoleDefinitionDoesNotExist", assign(other, ID, someone).code());
  }

  @Test
  void it_goes_when_nobody_holds_it_any_more() {
    put(ID, "Operator", GROUP, OPERATOR);
    String id = GROUP + AUTHORIZATION + "roleDefinitions/" + ID;
    String assignment = assign(GROUP, ID, someone).text("/id");
    assertEquals("RoleDefinitionHasAssignments", send("DELETE", id, "").code());
    assertEquals(200, send("DELETE", assignment, "").status());
    assertEquals(200, send("DELETE", id, "").status());
    assertEquals(204, send("DELETE", id, "").status());
    assertEquals("RoleDefinitionDoesNotExist", send("GET", id, "").code());
  }

  @Test
  void what_is_no_role_of_the_tenant_is_refused() {
    put(ID, "Operator", GROUP, OPERATOR);
    String reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
    String second = ID.replace('1', '9');
    assertEquals(
        "RoleDefinitionWithSameNameExists", put(second, "OPERATOR", GROUP, OPERATOR).code());
    assertEquals("RoleDefinitionWithSameNameExists", put(second, "Reader", GROUP, OPERATOR).code());
    assertEquals("InvalidRoleDefinition", put(reader, "My reader", GROUP, OPERATOR).code());
    assertEquals("InvalidRoleDefinition", put(second, "", GROUP, OPERATOR).code());
    assertEquals("InvalidRoleDefinition", put(second, "Nothing", GROUP, "").code());
    assertEquals("InvalidRoleDefinitionId", put("x", "Named", GROUP, OPERATOR).code());
    assertEquals("LinkedAuthorizationFailed", put(second, "Root", "/", OPERATOR).code());
    assertEquals(501, put(second, "If", GROUP, "{'actions':[],'condition':'x'}").status());
    String groups = "/providers/Microsoft.Management/managementGroups/m";
    assertEquals(501, put(second, "Wide", groups, OPERATOR).status());
  }

  @Test
  void who_may_not_make_roles_makes_none() {
    assign(GROUP, "b24988ac-6180-42a0-ab88-20f7382dd24c", someone);
    String path = GROUP + AUTHORIZATION + "roleDefinitions/" + ID;
    assertEquals(403, asSomeone("PUT", path, "{'properties':{'roleName':'x'}}"));
  }
}
