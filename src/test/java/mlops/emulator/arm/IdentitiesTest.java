package mlops.emulator.arm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.management.Region;
import com.azure.core.management.exception.ManagementException;
import com.azure.resourcemanager.msi.models.Identities;
import com.azure.resourcemanager.msi.models.Identity;
import java.nio.file.Path;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.EmbeddedCloud.Answer;
import mlops.emulator.login.directory.Directory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** User-assigned identities through the real SDK. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class IdentitiesTest {
  private static final String VERSION = "?api-version=2023-01-31";
  private static final String CREDENTIAL =
      "{\"properties\":{\"issuer\":\"https://token.actions.githubusercontent.com\",\"subject\":\"repo:me/it:environment:Dev\",\"audiences\":[\"api://AzureADTokenExchange\"]}}";

  @TempDir Path folder;
  private EmbeddedCloud cloud;
  private Identities identities;

  @BeforeEach
  void openWithAGroup() {
    cloud = EmbeddedCloud.in(folder);
    identities = cloud.identities().identities();
    cloud.resources().providers().register("Microsoft.ManagedIdentity");
    cloud.resources().resourceGroups().define("rg-i").withRegion(Region.US_EAST2).create();
  }

  @AfterEach
  void everyExchangeWasAsDocumented() {
    cloud.assertAsDocumented();
  }

  @Test
  void an_identity_is_created_found_listed_changed_and_deleted_with_its_principal() {
    Identity made = create("mlopsuidemo");
    Directory directory = new Directory(cloud.azure().state());
    assertEquals(made.clientId(), directory.find(made.principalId()).orElseThrow().appId());
    Identity again = create("mlopsuidemo");
    assertEquals(made.principalId(), again.principalId());
    made.update().withTag("a", "b").apply();
    assertEquals("b", identities.getById(made.id()).tags().get("a"));
    assertEquals(made.principalId(), identities.getById(made.id()).principalId());
    assertEquals(1, identities.listByResourceGroup("rg-i").stream().count());
    assertEquals(1, identities.list().stream().count());
    identities.deleteById(made.id());
    assertTrue(directory.find(made.principalId()).isEmpty());
    ManagementException gone =
        assertThrows(ManagementException.class, () -> identities.getById(made.id()));
    assertEquals("ResourceNotFound", gone.getValue().getCode());
  }

  @Test
  void deleting_the_group_takes_the_principal_along() {
    Identity made = create("mlopsuidemo");
    cloud.resources().resourceGroups().deleteByName("rg-i");
    assertFalse(new Directory(cloud.azure().state()).find(made.principalId()).isPresent());
  }

  @Test
  void a_creation_that_a_kill_cut_off_is_finished_with_the_principal_it_had_made() {
    Identity made = create("mlopsuidemo");
    int objects = new Directory(cloud.azure().state()).objects().size();
    cloud.azure().state().delete(made.id()); // the principal is written first, then the identity
    Identity again = create("mlopsuidemo");
    assertEquals(made.principalId(), again.principalId());
    assertEquals(made.clientId(), again.clientId());
    assertEquals(objects, new Directory(cloud.azure().state()).objects().size());
  }

  @Test
  void bad_names_and_missing_groups_are_refused() {
    assertEquals("InvalidResourceName", send("PUT", "x", "{\"location\":\"eastus2\"}").code());
    assertEquals("LocationRequired", send("PUT", "fine", "{}").code());
    String elsewhere = path("fine").replace("rg-i", "rg-none");
    assertEquals(
        "ResourceGroupNotFound",
        cloud.send("PUT", elsewhere + VERSION, "{\"location\":\"eastus2\"}").code());
  }

  @Test
  void federated_credentials_are_unique_by_issuer_and_subject_and_at_most_twenty() {
    create("fed");
    String credentials = "fed/federatedIdentityCredentials/";
    assertEquals(201, send("PUT", credentials + "github", CREDENTIAL).status());
    assertEquals(200, send("PUT", credentials + "github", CREDENTIAL).status());
    assertEquals(409, send("PUT", credentials + "other", CREDENTIAL).status());
    assertEquals(400, send("PUT", credentials + "bad", "{\"properties\":{}}").status());
    for (int i = 1; i < 20; i++) {
      String other = CREDENTIAL.replace("Dev", "e" + i);
      assertEquals(201, send("PUT", credentials + "cred" + i, other).status());
    }
    assertEquals(
        400, send("PUT", credentials + "cred20", CREDENTIAL.replace("Dev", "e20")).status());
    Answer all = send("GET", "fed/federatedIdentityCredentials", "");
    assertEquals(20, all.json().path("value").size());
    assertEquals(200, send("DELETE", credentials + "github", "").status());
    assertEquals(204, send("DELETE", credentials + "github", "").status());
    assertEquals("ResourceNotFound", send("GET", credentials + "github", "").code());
  }

  private Identity create(String name) {
    return identities
        .define(name)
        .withRegion(Region.US_EAST2)
        .withExistingResourceGroup("rg-i")
        .create();
  }

  private Answer send(String method, String name, String body) {
    return cloud.send(method, path(name) + VERSION, body);
  }

  private static String path(String name) {
    return EmbeddedCloud.ARM
        + EmbeddedCloud.SUBSCRIPTION
        + "/resourceGroups/rg-i/providers/Microsoft.ManagedIdentity/userAssignedIdentities/"
        + name;
  }
}
