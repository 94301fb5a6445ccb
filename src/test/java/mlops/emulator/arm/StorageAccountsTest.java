package mlops.emulator.arm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.management.Region;
import com.azure.core.management.exception.ManagementException;
import com.azure.resourcemanager.storage.StorageManager;
import com.azure.resourcemanager.storage.models.StorageAccount;
import com.azure.resourcemanager.storage.models.StorageAccountSkuType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import mlops.emulator.EmbeddedCloud;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Storage accounts through the real SDK. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class StorageAccountsTest {
  @TempDir Path folder;
  private EmbeddedCloud cloud;
  private StorageManager storage;

  @BeforeEach
  void openWithAGroup() {
    cloud = EmbeddedCloud.in(folder);
    storage = cloud.storage();
    cloud.resources().resourceGroups().define("rg-x").withRegion(Region.US_EAST2).create();
  }

  @AfterEach
  void everyExchangeWasAsDocumented() {
    cloud.assertAsDocumented();
  }

  @Test
  void an_account_is_created_found_listed_changed_and_deleted() {
    StorageAccount account = create("stgone", "rg-x");
    assertTrue(account.isHnsEnabled());
    assertEquals("Standard_ZRS", account.skuType().name().toString());
    assertEquals("https://stgone.blob.core.windows.net/", account.endPoints().primary().blob());
    account.update().withTag("a", "b").apply();
    StorageAccount again = storage.storageAccounts().getByResourceGroup("rg-x", "stgone");
    assertEquals("b", again.tags().get("a"));
    assertTrue(again.isHnsEnabled());
    assertEquals(1, storage.storageAccounts().listByResourceGroup("rg-x").stream().count());
    assertEquals(1, storage.storageAccounts().list().stream().count());
    storage.storageAccounts().deleteById(account.id());
    storage.storageAccounts().deleteById(account.id());
    assertEquals("ResourceNotFound", code(() -> storage.storageAccounts().getById(account.id())));
    assertEquals(0, storage.storageAccounts().list().stream().count());
  }

  @Test
  void keys_are_random_kept_for_the_owner_only_and_made_anew_one_by_one() throws Exception {
    StorageAccount account = create("stgkeys", "rg-x");
    String first = account.getKeys().get(0).value();
    String second = account.getKeys().get(1).value();
    assertEquals(64, Base64.getDecoder().decode(first).length);
    assertNotEquals(first, second);
    assertNotEquals(first, account.regenerateKey("key1").get(0).value());
    assertEquals(second, account.getKeys().get(1).value());
    Path file = cloud.azure().state().directory(account.id()).resolve("account.keys");
    assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file));
  }

  @Test
  void a_name_is_taken_in_all_groups_until_its_account_goes() {
    cloud.resources().resourceGroups().define("rg-y").withRegion(Region.US_WEST).create();
    assertTrue(storage.storageAccounts().checkNameAvailability("stgname").isAvailable());
    create("stgname", "rg-x");
    assertFalse(storage.storageAccounts().checkNameAvailability("stgname").isAvailable());
    assertEquals("StorageAccountAlreadyTaken", code(() -> create("stgname", "rg-y")));
    cloud.resources().resourceGroups().deleteByName("rg-x");
    create("stgname", "rg-y");
  }

  @Test
  void bad_names_groups_and_changes_are_refused() {
    create("stghns", "rg-x");
    assertEquals("ResourceGroupNotFound", code(() -> create("stghns", "rg-none")));
    String url =
        EmbeddedCloud.ARM
            + EmbeddedCloud.SUBSCRIPTION
            + "/resourceGroups/rg-x/providers/Microsoft.Storage/storageAccounts/";
    String version = "?api-version=2023-05-01";
    String body =
        "{'sku':{'name':'Standard_ZRS'},'kind':'StorageV2','location':'eastus2','properties':{'isHnsEnabled':false}}"
            .replace('\'', '"');
    EmbeddedCloud.Answer immutable = cloud.send("PUT", url + "stghns" + version, body);
    assertEquals(409, immutable.status());
    assertEquals("AccountPropertyCannotBeUpdated", immutable.code());
    assertEquals("AccountNameInvalid", cloud.send("PUT", url + "Bad-Name" + version, body).code());
    assertEquals("LocationRequired", cloud.send("PUT", url + "stgtwo" + version, "{}").code());
    assertEquals(
        "LocationNotAvailableForResourceType",
        cloud.send("PUT", url + "stgtwo" + version, body.replace("eastus2", "mars")).code());
    assertEquals(
        "InvalidResourceLocation",
        cloud.send("PUT", url + "stghns" + version, body.replace("eastus2", "westus")).code());
    assertEquals("MissingApiVersionParameter", cloud.send("GET", url + "stghns", "").code());
  }

  private StorageAccount create(String name, String group) {
    return storage
        .storageAccounts()
        .define(name)
        .withRegion(Region.US_EAST2)
        .withExistingResourceGroup(group)
        .withGeneralPurposeAccountKindV2()
        .withSku(StorageAccountSkuType.STANDARD_ZRS)
        .withHnsEnabled(true)
        .create();
  }

  private static String code(Runnable call) {
    return assertThrows(ManagementException.class, call::run).getValue().getCode();
  }
}
