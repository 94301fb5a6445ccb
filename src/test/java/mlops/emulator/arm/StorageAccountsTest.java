package mlops.emulator.arm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.management.Region;
import com.azure.core.management.exception.ManagementException;
import com.azure.resourcemanager.resources.ResourceManager;
import com.azure.resourcemanager.resources.fluentcore.policy.ProviderRegistrationPolicy;
import com.azure.resourcemanager.storage.StorageManager;
import com.azure.resourcemanager.storage.models.StorageAccount;
import com.azure.resourcemanager.storage.models.StorageAccountSkuType;
import java.nio.file.Path;
import mlops.emulator.EmbeddedCloud;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Storage accounts through the real SDK. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class StorageAccountsTest {
  @TempDir Path folder;

  @Test
  void an_account_is_created_found_listed_changed_and_deleted() {
    EmbeddedCloud cloud = EmbeddedCloud.in(folder);
    ResourceManager resources =
        ResourceManager.configure()
            .withHttpClient(cloud.http())
            .authenticate(cloud.credential(), cloud.profile())
            .withDefaultSubscription();
    StorageManager storage =
        StorageManager.configure()
            .withHttpClient(cloud.http())
            .withPolicy(new ProviderRegistrationPolicy(resources))
            .authenticate(cloud.credential(), cloud.profile());
    resources.resourceGroups().define("rg-x").withRegion(Region.US_EAST2).create();
    StorageAccount account =
        storage
            .storageAccounts()
            .define("stgone")
            .withRegion(Region.US_EAST2)
            .withExistingResourceGroup("rg-x")
            .withGeneralPurposeAccountKindV2()
            .withSku(StorageAccountSkuType.STANDARD_ZRS)
            .withHnsEnabled(true)
            .create();
    assertTrue(account.isHnsEnabled());
    assertEquals(2, account.getKeys().size());
    account.update().withTag("a", "b").apply();
    assertEquals(1, storage.storageAccounts().listByResourceGroup("rg-x").stream().count());
    storage.storageAccounts().deleteById(account.id());
    ManagementException gone =
        assertThrows(
            ManagementException.class, () -> storage.storageAccounts().getById(account.id()));
    assertEquals("ResourceNotFound", gone.getValue().getCode());
  }
}
