package mlops.compat;

import com.azure.core.credential.TokenCredential;
import com.azure.core.management.Region;
import com.azure.core.management.profile.AzureProfile;
import com.azure.core.models.AzureCloud;
import com.azure.core.util.BinaryData;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.resourcemanager.authorization.AuthorizationManager;
import com.azure.resourcemanager.authorization.models.BuiltInRole;
import com.azure.resourcemanager.resources.ResourceManager;
import com.azure.resourcemanager.storage.StorageManager;
import com.azure.resourcemanager.storage.models.StorageAccount;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobStorageException;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** A program as users of the Azure SDK for Java write it: nothing in it knows of mlops. */
final class JavaSdkProgram {

  public static void main(String[] args) {
    TokenCredential credential = new DefaultAzureCredentialBuilder().build();
    AzureProfile profile = new AzureProfile(AzureCloud.AZURE_PUBLIC_CLOUD);
    ResourceManager arm =
        ResourceManager.authenticate(credential, profile).withDefaultSubscription();
    arm.resourceGroups().define("rg-plain").withRegion(Region.US_EAST2).create();
    StorageAccount account =
        StorageManager.authenticate(credential, profile)
            .storageAccounts()
            .define("stgplainprogram")
            .withRegion(Region.US_EAST2)
            .withExistingResourceGroup("rg-plain")
            .create();
    AuthorizationManager.authenticate(credential, profile)
        .roleAssignments()
        .define(UUID.randomUUID().toString())
        .forServicePrincipal(System.getenv("AZURE_CLIENT_ID"))
        .withBuiltInRole(BuiltInRole.STORAGE_BLOB_DATA_CONTRIBUTOR)
        .withScope(account.id())
        .create();
    BlobContainerClient container =
        new BlobServiceClientBuilder()
            .endpoint(account.endPoints().primary().blob())
            .credential(credential)
            .buildClient()
            .createBlobContainer("plain");
    BlobClient blob = container.getBlobClient("folder/hello.txt");
    upload(blob);
    System.out.println("blob says " + blob.downloadContent());
    System.out.println(
        "group has " + arm.genericResources().listByResourceGroup("rg-plain").stream().count());
    arm.resourceGroups().deleteByName("rg-plain");
    System.out.println("group is there: " + arm.resourceGroups().contain("rg-plain"));
  }

  /** A role takes a moment to work. */
  private static void upload(BlobClient blob) {
    for (int attempt = 0; ; attempt++) {
      try {
        blob.upload(BinaryData.fromString("hello"));
        return;
      } catch (BlobStorageException e) {
        if (e.getStatusCode() != 403 || attempt == 50) {
          throw e;
        }
        LockSupport.parkNanos(200_000_000);
      }
    }
  }

  private JavaSdkProgram() {}
}
