package mlops.emulator.arm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.resourcemanager.msi.models.Identity;
import com.azure.resourcemanager.resources.models.ResourceGroup;
import com.azure.resourcemanager.storage.StorageManager;
import com.azure.resourcemanager.storage.fluent.BlobContainersClient;
import com.azure.resourcemanager.storage.fluent.models.BlobContainerInner;
import com.azure.resourcemanager.storage.fluent.models.UsageInner;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mlops.emulator.EmbeddedCloud;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the SDK can ask of Resource Manager and this program does not. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class LesserOperationsTest {
  private static final String ARM = "https://management.azure.com";

  @TempDir Path folder;
  private EmbeddedCloud cloud;
  private ResourceGroup group;

  @BeforeEach
  void openWithAGroup() {
    cloud = EmbeddedCloud.in(folder);
    group = cloud.resources().resourceGroups().define("rg").withRegion("eastus2").create();
  }

  @AfterEach
  void everyExchangeWasAsDocumented() {
    cloud.assertAsDocumented();
  }

  @Test
  void a_group_is_tagged() {
    String id = EmbeddedCloud.SUBSCRIPTION + "/resourceGroups/rg?api-version=2021-04-01";
    EmbeddedCloud.Answer tagged = cloud.send("PATCH", ARM + id, "{\"tags\":{\"owner\":\"me\"}}");
    assertEquals(200, tagged.status());
    assertEquals("me", cloud.resources().resourceGroups().getByName("rg").tags().get("owner"));
    assertEquals("eastus2", group.regionName());
  }

  @Test
  void containers_are_listed_changed_and_deleted_as_resources() {
    StorageManager storage = cloud.storage();
    storage
        .storageAccounts()
        .define("stglesser")
        .withRegion("eastus2")
        .withExistingResourceGroup("rg")
        .create();
    for (String[] counted : new String[][] {{"eastus2", "1"}, {"westus", "0"}}) {
      UsageInner usage =
          storage.serviceClient().getUsages().listByLocation(counted[0]).iterator().next();
      assertEquals(counted[1], usage.currentValue().toString());
      assertEquals("StorageAccounts", usage.name().value());
    }
    assertEquals(
        "default",
        storage.serviceClient().getBlobServices().getServiceProperties("rg", "stglesser").name());
    BlobContainersClient containers = storage.serviceClient().getBlobContainers();
    containers.create("rg", "stglesser", "one", new BlobContainerInner());
    containers.create("rg", "stglesser", "two", new BlobContainerInner());
    assertEquals(
        List.of("one", "two"),
        containers.list("rg", "stglesser").stream().map(c -> c.name()).toList());
    containers.update(
        "rg", "stglesser", "one", new BlobContainerInner().withMetadata(Map.of("owner", "me")));
    assertEquals(Map.of("owner", "me"), containers.get("rg", "stglesser", "one").metadata());
    containers.delete("rg", "stglesser", "one");
    assertEquals(1, containers.list("rg", "stglesser").stream().count());
  }

  @Test
  void a_federated_credential_of_an_identity_is_found() {
    Identity identity =
        cloud
            .identities()
            .identities()
            .define("someone")
            .withRegion("eastus2")
            .withExistingResourceGroup("rg")
            .create();
    String id = ARM + identity.id() + "/federatedIdentityCredentials/github?api-version=2023-01-31";
    String body =
        "{\"properties\":{\"issuer\":\"https://token.actions.githubusercontent.com\",\"subject\":\"repo:me/it:environment:Dev\",\"audiences\":[\"api://AzureADTokenExchange\"]}}";
    assertEquals(201, cloud.send("PUT", id, body).status());
    assertEquals(
        "repo:me/it:environment:Dev", cloud.send("GET", id, "").text("/properties/subject"));
  }

  @Test
  void a_role_is_found_without_a_scope() {
    String roles = ARM + "/providers/Microsoft.Authorization/roleDefinitions";
    String version = "api-version=2022-04-01";
    EmbeddedCloud.Answer found =
        cloud.send("GET", roles + "?$filter=roleName eq 'Contributor'&" + version, "");
    assertEquals(1, found.json().path("value").size());
    String name = found.text("/value/0/name");
    assertEquals(
        "Contributor",
        cloud.send("GET", roles + "/" + name + "?" + version, "").text("/properties/roleName"));
  }

  @Test
  void what_the_caller_may_do_is_listed_and_what_azure_alone_denies() {
    String scoped = ARM + group.id() + "/providers/Microsoft.Authorization/";
    String version = "?api-version=2022-04-01";
    EmbeddedCloud.Answer permissions = cloud.send("GET", scoped + "permissions" + version, "");
    assertEquals("*", permissions.text("/value/0/actions/0"), () -> permissions + "");
    assertEquals(1, permissions.json().path("value").size());
    EmbeddedCloud.Answer denied = cloud.send("GET", scoped + "denyAssignments" + version, "");
    assertEquals("{\"value\":[]}", denied.json().toString());
    String classic =
        "/providers/Microsoft.Authorization/classicAdministrators?api-version=2015-06-01";
    EmbeddedCloud.Answer none = cloud.send("GET", ARM + EmbeddedCloud.SUBSCRIPTION + classic, "");
    assertEquals("{\"value\":[]}", none.json().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "azure,false",
    "AZURE,false",
    "azure1,true",
    "login-me,false",
    "my-login,true",
    "mywindows,false"
  })
  void a_reserved_word_is_no_name(String name, boolean free) {
    cloud.resources().providers().register("Microsoft.ManagedIdentity");
    String id =
        ARM + group.id() + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/" + name;
    EmbeddedCloud.Answer made =
        cloud.send("PUT", id + "?api-version=2023-01-31", "{\"location\":\"eastus2\"}");
    assertEquals(free ? "" : "ReservedResourceName", made.code());
    assertEquals(free ? 201 : 400, made.status());
    String check = ARM + "/providers/Microsoft.Resources/checkResourceName?api-version=2022-12-01";
    String asked = "{\"name\":\"" + name + "\",\"type\":\"Microsoft.Web/sites\"}";
    String status = cloud.send("POST", check, asked).text("/status");
    assertEquals(free ? "Allowed" : "Reserved", status);
  }

  @Test
  void the_name_of_a_vault_is_free_until_it_is_taken() {
    assertTrue(free("kv-lesser"));
    cloud.resources().providers().register("Microsoft.KeyVault");
    String id =
        ARM + group.id() + "/providers/Microsoft.KeyVault/vaults/kv-lesser?api-version=2023-07-01";
    String body =
        "{\"location\":\"eastus2\",\"properties\":{\"tenantId\":\"11111111-1111-1111-1111-111111111111\",\"sku\":{\"family\":\"A\",\"name\":\"standard\"},\"accessPolicies\":[]}}";
    assertEquals(200, cloud.send("PUT", id, body).status());
    assertFalse(free("kv-lesser"));
  }

  private boolean free(String name) {
    EmbeddedCloud.Answer answer =
        cloud.send(
            "POST",
            ARM
                + EmbeddedCloud.SUBSCRIPTION
                + "/providers/Microsoft.KeyVault/checkNameAvailability?api-version=2023-07-01",
            "{\"name\":\"" + name + "\",\"type\":\"Microsoft.KeyVault/vaults\"}");
    assertEquals(200, answer.status(), () -> answer.json().toString());
    return answer.json().path("nameAvailable").asBoolean();
  }
}
