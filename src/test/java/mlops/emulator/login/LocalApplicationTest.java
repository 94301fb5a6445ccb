package mlops.emulator.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.util.BinaryData;
import com.azure.resourcemanager.authorization.models.BuiltInRole;
import com.azure.resourcemanager.resources.ResourceManager;
import com.azure.resourcemanager.storage.models.StorageAccount;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobStorageException;
import java.nio.file.Path;
import java.util.UUID;
import mlops.emulator.EmbeddedCloud;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tools that log in with a secret may do what the local user may, and no more. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LocalApplicationTest {
  @TempDir Path folder;
  private EmbeddedCloud cloud;
  private LocalApplication application;

  @BeforeEach
  void open() {
    cloud = EmbeddedCloud.in(folder);
    application = cloud.azure().application();
  }

  @Test
  void it_owns_the_subscription_as_the_user_does() {
    String token = cloud.tokenOf(application.objectId(), EmbeddedCloud.ARM);
    ResourceManager arm = cloud.resources(cloud.bearer(token));
    arm.resourceGroups().define("by-app").withRegion("eastus2").create();
    assertTrue(arm.resourceGroups().contain("by-app"));
    assertEquals(1, arm.subscriptions().list().stream().count());
  }

  @Test
  void it_reaches_blobs_once_the_user_holds_a_data_role() {
    cloud.resources().providers().register("Microsoft.Storage");
    StorageAccount account =
        cloud
            .storage()
            .storageAccounts()
            .define("stgforapplication")
            .withRegion("eastus2")
            .withNewResourceGroup("rg")
            .create();
    BlobContainerClient container =
        new BlobServiceClientBuilder()
            .endpoint("https://stgforapplication.blob.core.windows.net")
            .credential(
                cloud.bearer(cloud.tokenOf(application.objectId(), "https://storage.azure.com")))
            .httpClient(cloud.http())
            .buildClient()
            .getBlobContainerClient("data");
    container.create();
    BlobClient blob = container.getBlobClient("a");
    assertEquals(403, assertThrows(BlobStorageException.class, blob::exists).getStatusCode());

    cloud
        .authorization()
        .roleAssignments()
        .define(UUID.randomUUID().toString())
        .forObjectId(cloud.azure().user().objectId())
        .withBuiltInRole(BuiltInRole.STORAGE_BLOB_DATA_CONTRIBUTOR)
        .withScope(account.id())
        .create();

    assertFalse(blob.exists());
    blob.upload(BinaryData.fromString("a"));
    assertTrue(blob.exists());
  }
}
