package mlops.emulator.arm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.management.Region;
import com.azure.resourcemanager.authorization.models.BuiltInRole;
import com.azure.resourcemanager.authorization.models.RoleAssignment;
import com.azure.resourcemanager.msi.models.Identity;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.UUID;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.EmbeddedCloud.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what: role definitions and assignments, and what they allow. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class RoleAssignmentsTest {
  private static final String GROUP = EmbeddedCloud.SUBSCRIPTION + "/resourceGroups/rg-r";
  private static final String VERSION = "?api-version=2022-04-01";
  private static final String READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
  private static final String CONTRIBUTOR = "b24988ac-6180-42a0-ab88-20f7382dd24c";

  @TempDir Path folder;
  private EmbeddedCloud cloud;
  private Identity identity;

  @BeforeEach
  void openWithAGroupAndAnIdentity() {
    cloud = EmbeddedCloud.in(folder);
    cloud.resources().resourceGroups().define("rg-r").withRegion(Region.US_EAST2).create();
    identity =
        cloud
            .identities()
            .identities()
            .define("someone")
            .withRegion(Region.US_EAST2)
            .withExistingResourceGroup("rg-r")
            .create();
  }

  @AfterEach
  void everyExchangeWasAsDocumented() {
    cloud.assertAsDocumented();
  }

  @Test
  void the_sdk_assigns_finds_lists_and_deletes_a_role() {
    var roles = cloud.authorization().roleAssignments();
    RoleAssignment made =
        roles
            .define(UUID.randomUUID().toString())
            .forObjectId(identity.principalId())
            .withBuiltInRole(BuiltInRole.READER)
            .withScope(GROUP)
            .create();
    assertEquals(identity.principalId(), made.principalId());
    assertEquals(GROUP, made.scope());
    assertEquals(made.id(), roles.getById(made.id()).id());
    assertTrue(roles.listByScope(GROUP).stream().anyMatch(a -> a.id().equals(made.id())));
    roles.deleteById(made.id());
    assertEquals("RoleAssignmentNotFound", get(made.id() + VERSION).code());
    assertEquals(0, list(GROUP, "&$filter=principalId eq '" + identity.principalId() + "'").size());
  }

  @Test
  void a_role_definition_is_found_by_its_name_at_any_scope() {
    String definitions = "/providers/Microsoft.Authorization/roleDefinitions";
    Answer found =
        get(GROUP + definitions + VERSION + "&$filter=roleName eq 'storage blob data owner'");
    assertEquals(1, found.json().path("value").size());
    assertEquals("b7e6dc6d-f1e8-4753-8033-0f276bb0955b", found.text("/value/0/name"));
    String one = EmbeddedCloud.SUBSCRIPTION + definitions + "/" + READER;
    assertEquals("Reader", get(one + VERSION).text("/properties/roleName"));
    assertEquals("RoleDefinitionDoesNotExist", get(one.replace("acdd", "0000") + VERSION).code());
  }

  @Test
  void the_same_assignment_again_is_no_change_and_another_name_or_content_is_a_conflict() {
    String name = UUID.randomUUID().toString();
    assertEquals(201, assign(GROUP, name, READER, identity.principalId(), "").status());
    assertEquals(200, assign(GROUP, name, READER, identity.principalId(), "").status());
    Answer other = assign(GROUP, UUID.randomUUID().toString(), READER, identity.principalId(), "");
    assertEquals(409, other.status());
    assertEquals("RoleAssignmentExists", other.code());
    Answer changed = assign(GROUP, name, CONTRIBUTOR, identity.principalId(), "");
    assertEquals("RoleAssignmentUpdateNotPermitted", changed.code());
    String lower = GROUP.replace("resourceGroups", "resourcegroups");
    assertEquals(200, assign(lower, name, READER, identity.principalId(), "").status());
  }

  @Test
  void what_cannot_be_assigned_is_refused() {
    String name = UUID.randomUUID().toString();
    String stranger = UUID.randomUUID().toString();
    String known = identity.principalId();
    assertEquals("PrincipalNotFound", assign(GROUP, name, READER, stranger, "").code());
    assertEquals("UnmatchedPrincipalType", assign(GROUP, name, READER, known, "User").code());
    assertEquals(201, assign(GROUP, name, READER, known, "ServicePrincipal").status());
    assertEquals("InvalidRoleAssignmentId", assign(GROUP, "x", READER, known, "").code());
    assertEquals("RoleDefinitionDoesNotExist", assign(GROUP, name, stranger, known, "").code());
    assertEquals("ResourceGroupNotFound", assign(GROUP + "none", name, READER, known, "").code());
    String account = GROUP + "/providers/Microsoft.Storage/storageAccounts/none";
    assertEquals("ResourceNotFound", assign(account, name, READER, known, "").code());
  }

  @Test
  void lists_show_what_is_at_above_or_below_a_scope() {
    String owner = cloud.azure().user().objectId();
    assign(GROUP, UUID.randomUUID().toString(), READER, identity.principalId(), "");
    assertEquals(2, list(EmbeddedCloud.SUBSCRIPTION, "").size());
    assertEquals(1, list(EmbeddedCloud.SUBSCRIPTION, "&$filter=atScope()").size());
    assertEquals(2, list(GROUP, "&$filter=atScope()").size());
    assertEquals(1, list(GROUP, "&$filter=assignedTo('" + owner + "')").size());
    assertEquals(1, list(GROUP, "&$filter=atScope() and assignedTo('" + owner + "')").size());
    String application = cloud.azure().application().objectId();
    assign(GROUP, UUID.randomUUID().toString(), READER, application, "ServicePrincipal");
    assertEquals(2, list(GROUP, "&$filter=assignedTo('" + owner + "')").size());
    assertEquals(1, list(GROUP, "&$filter=principalId eq '" + application + "'").size());
  }

  @Test
  void who_has_no_role_is_denied_by_action_and_scope_until_one_is_given() {
    String token = cloud.tokenOf(identity.principalId(), EmbeddedCloud.ARM);
    String group = EmbeddedCloud.ARM + GROUP + "?api-version=2022-09-01";
    Answer denied = cloud.send("GET", group, "", token);
    assertEquals(403, denied.status());
    assertEquals("AuthorizationFailed", denied.code());
    String message = denied.text("/error/message");
    assertTrue(message.contains(identity.principalId()), message);
    assertTrue(message.contains("Microsoft.Resources/subscriptions/resourceGroups/read"), message);
    assertTrue(message.contains(GROUP), message);
    assertEquals(0, subscriptions(token));
    assign(GROUP, UUID.randomUUID().toString(), READER, identity.principalId(), "");
    assertEquals(200, cloud.send("GET", group, "", token).status());
    assertEquals(1, subscriptions(token));
    assertEquals(403, cloud.send("PATCH", group, "{\"tags\":{}}", token).status());
  }

  @Test
  void every_type_denies_who_has_no_role() {
    String token = cloud.tokenOf(identity.principalId(), EmbeddedCloud.ARM);
    for (String type :
        new String[] {
          "Microsoft.Storage/storageAccounts",
          "Microsoft.ManagedIdentity/userAssignedIdentities",
          "Microsoft.KeyVault/vaults",
          "Microsoft.OperationalInsights/workspaces",
          "Microsoft.Insights/components",
          "Microsoft.MachineLearningServices/workspaces",
          "Microsoft.Resources/deployments",
          "Microsoft.Authorization/roleAssignments"
        }) {
      String one = EmbeddedCloud.ARM + GROUP + "/providers/" + type + "/someone" + VERSION;
      for (String method : new String[] {"PUT", "GET", "DELETE"}) {
        String body = method.equals("PUT") ? "{}" : "";
        Answer denied = cloud.send(method, one, body, token);
        assertEquals(403, denied.status(), () -> method + " " + one);
        assertEquals("AuthorizationFailed", denied.code());
      }
    }
  }

  private int subscriptions(String token) {
    return cloud
        .send("GET", EmbeddedCloud.ARM + "/subscriptions?api-version=2022-12-01", "", token)
        .json()
        .path("value")
        .size();
  }

  private Answer assign(String scope, String name, String role, String principal, String type) {
    String body =
        "{'properties':{'roleDefinitionId':'%s/providers/Microsoft.Authorization/roleDefinitions/%s','principalId':'%s'%s}}"
            .formatted(
                EmbeddedCloud.SUBSCRIPTION,
                role,
                principal,
                type.isEmpty() ? "" : ",'principalType':'" + type + "'");
    return cloud.send(
        "PUT",
        EmbeddedCloud.ARM
            + scope
            + "/providers/Microsoft.Authorization/roleAssignments/"
            + name
            + VERSION,
        body.replace('\'', '"'));
  }

  private JsonNode list(String scope, String filter) {
    return get(scope + "/providers/Microsoft.Authorization/roleAssignments" + VERSION + filter)
        .json()
        .path("value");
  }

  private Answer get(String path) {
    return cloud.send("GET", EmbeddedCloud.ARM + path, "");
  }
}
