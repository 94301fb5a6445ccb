package mlops.emulator.arm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.management.Region;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.UUID;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.EmbeddedCloud.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All of Azure's built-in roles can be found and given, and allow what Azure says they allow. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class BuiltInRolesTest {
  private static final String GROUP = EmbeddedCloud.SUBSCRIPTION + "/resourceGroups/rg-b";
  private static final String AUTHORIZATION = "/providers/Microsoft.Authorization/";
  private static final String VERSION = "?api-version=2022-04-01";

  @TempDir Path folder;
  private EmbeddedCloud cloud;
  private String someone;

  @BeforeEach
  void openWithAGroupAndAnIdentity() {
    cloud = EmbeddedCloud.in(folder);
    cloud.resources().resourceGroups().define("rg-b").withRegion(Region.US_EAST2).create();
    someone =
        cloud
            .identities()
            .identities()
            .define("someone")
            .withRegion(Region.US_EAST2)
            .withExistingResourceGroup("rg-b")
            .create()
            .principalId();
  }

  private JsonNode byName(String name) {
    String filter = "&$filter=roleName%20eq%20'" + name.replace(" ", "%20") + "'";
    String url = EmbeddedCloud.ARM + GROUP + AUTHORIZATION + "roleDefinitions" + VERSION;
    return cloud.send("GET", url + filter, "").json().path("value");
  }

  private Answer assign(String role, String more) {
    String name = UUID.randomUUID().toString();
    String body =
        "{'properties':{'roleDefinitionId':'%s%sroleDefinitions/%s','principalId':'%s'%s}}"
            .formatted(EmbeddedCloud.SUBSCRIPTION, AUTHORIZATION, role, someone, more);
    String url = EmbeddedCloud.ARM + GROUP + AUTHORIZATION + "roleAssignments/" + name + VERSION;
    return cloud.send("PUT", url, body.replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource({
    "AcrPull, 7f951dda-4ed3-4680-a7ca-43fe172d538d",
    "key vault secrets user, 4633458b-17de-408a-b874-0445c86b69e6",
    "Storage Queue Data Contributor, 974c5e8b-45b9-4653-ba55-5f855dd0fb88",
    "Role Based Access Control Administrator, f58310d9-a9f6-439a-9e8d-f62e7b41a168",
    "Azure AI Developer, 64702f94-c441-49e6-a78b-ef80e0188fee",
    "Managed Identity Operator, f1a07417-d97a-45cb-824c-7a7467783830",
    "Storage Blob Delegator, db58b8e5-c6ad-4a2a-8342-4190687cbf4a",
  })
  void a_role_is_found_by_name_and_given(String name, String guid) {
    JsonNode found = byName(name);
    assertEquals(1, found.size(), found::toString);
    assertEquals(guid, found.at("/0/name").asText());
    assertEquals(201, assign(guid.toUpperCase(java.util.Locale.ROOT), "").status());
  }

  @Test
  void the_list_holds_them_all() {
    String url =
        EmbeddedCloud.ARM
            + EmbeddedCloud.SUBSCRIPTION
            + AUTHORIZATION
            + "roleDefinitions"
            + VERSION;
    JsonNode all = cloud.send("GET", url, "").json().path("value");
    assertTrue(all.size() > 500, () -> String.valueOf(all.size()));
    assertEquals(0, byName("No Such Role").size());
  }

  @Test
  void a_role_allows_its_own_actions_and_no_others() {
    String token = cloud.tokenOf(someone, EmbeddedCloud.ARM);
    String identities =
        EmbeddedCloud.ARM
            + GROUP
            + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities"
            + "?api-version=2023-01-31";
    assertEquals(201, assign("7f951dda-4ed3-4680-a7ca-43fe172d538d", "").status());
    assertEquals(403, cloud.send("GET", identities, "", token).status(), "AcrPull");
    assertEquals(201, assign("f1a07417-d97a-45cb-824c-7a7467783830", "").status());
    assertEquals(200, cloud.send("GET", identities, "", token).status(), "its Operator");
    String one = identities.replace("?", "/x?");
    assertEquals(403, cloud.send("PUT", one, "{\"location\":\"eastus2\"}", token).status());
  }

  /** Its condition says which roles it may give: nothing here can tell, so it gives none. */
  @Test
  void a_role_whose_condition_nobody_evaluates_gives_no_roles() {
    JsonNode role = byName("Key Vault Data Access Administrator");
    assertEquals("2.0", role.at("/0/properties/permissions/0/conditionVersion").asText());
    assertEquals(201, assign(role.at("/0/name").asText(), "").status());
    String token = cloud.tokenOf(someone, EmbeddedCloud.ARM);
    String url =
        EmbeddedCloud.ARM
            + GROUP
            + AUTHORIZATION
            + "roleAssignments/"
            + UUID.randomUUID()
            + VERSION;
    assertEquals(403, cloud.send("PUT", url, "{\"properties\":{}}", token).status());
    String list = EmbeddedCloud.ARM + GROUP + AUTHORIZATION + "roleAssignments" + VERSION;
    assertEquals(200, cloud.send("GET", list, "", token).status());
  }

  @Test
  void an_assignment_with_a_condition_is_refused_by_name() {
    Answer refused =
        assign(
            "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
            ",'condition':'@Resource[Microsoft.Storage/x] StringEquals \\u0027a\\u0027','conditionVersion':'2.0'");
    assertEquals(501, refused.status());
    assertTrue(refused.text("/error/message").contains("'condition'"), refused::toString);
  }
}
