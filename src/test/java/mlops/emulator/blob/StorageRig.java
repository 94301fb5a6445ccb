package mlops.emulator.blob;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.azure.core.http.HttpClient;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.file.datalake.DataLakeServiceClient;
import com.azure.storage.file.datalake.DataLakeServiceClientBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.blob.store.BlobStore;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.function.Executable;

/** Storage accounts of a test, and the official SDK's clients for them. */
public final class StorageRig {
  public static final String OWNER = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b";
  static final String CONTRIBUTOR = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";
  static final String READER = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1";
  static final String USER = "22222222-2222-2222-2222-222222222222";
  private static final String GROUP = EmbeddedCloud.SUBSCRIPTION + "/resourceGroups/rg";
  private static final String ARM = "https://management.azure.com";

  private final EmbeddedCloud cloud;

  private StorageRig(EmbeddedCloud cloud) {
    this.cloud = cloud;
  }

  /** A cloud with the accounts {@code flat} and {@code deep}, the latter with real directories. */
  public static StorageRig in(Path folder) {
    StorageRig storage = new StorageRig(EmbeddedCloud.in(folder));
    storage.cloud.send(
        "POST",
        ARM
            + EmbeddedCloud.SUBSCRIPTION
            + "/providers/Microsoft.Storage/register?api-version=2022-09-01",
        "");
    storage.put(GROUP, "2022-09-01", "{'location':'eastus2'}");
    for (String name : List.of("flat", "deep")) {
      storage.put(
          id(name),
          "2023-01-01",
          "{'location':'eastus2','kind':'StorageV2','sku':{'name':'Standard_LRS'},'properties':{'isHnsEnabled':%s,'allowBlobPublicAccess':true}}"
              .formatted(name.equals("deep")));
    }
    return storage;
  }

  public static String id(String account) {
    return GROUP + "/providers/Microsoft.Storage/storageAccounts/" + account;
  }

  public void put(String id, String version, String body) {
    EmbeddedCloud.Answer answer =
        cloud.send("PUT", ARM + id + "?api-version=" + version, body.replace('\'', '"'));
    Assertions.assertTrue(answer.status() < 300, () -> answer.json().toString());
  }

  /** Gives the local user a role. */
  public void grant(String role, String scope) {
    String name = UUID.nameUUIDFromBytes((role + scope).getBytes(UTF_8)).toString();
    put(
        scope + "/providers/Microsoft.Authorization/roleAssignments/" + name,
        "2022-04-01",
        "{'properties':{'roleDefinitionId':'%s/providers/Microsoft.Authorization/roleDefinitions/%s','principalId':'%s','principalType':'User'}}"
            .formatted(EmbeddedCloud.SUBSCRIPTION, role, USER));
  }

  public EmbeddedCloud cloud() {
    return cloud;
  }

  HttpClient http() {
    return cloud.http();
  }

  public BlobStore store() {
    return cloud.azure().blobs();
  }

  String key(String account) {
    return store().account(account).keys().get(0);
  }

  StorageSharedKeyCredential keyCredential(String account) {
    return new StorageSharedKeyCredential(account, key(account));
  }

  BlobServiceClientBuilder client(String account) {
    return new BlobServiceClientBuilder()
        .endpoint("https://" + account + ".blob.core.windows.net")
        .retryOptions(new RetryOptions(new FixedDelayOptions(0, Duration.ofMillis(1))))
        .httpClient(http());
  }

  BlobServiceClient withKey(String account) {
    return client(account).credential(keyCredential(account)).buildClient();
  }

  BlobServiceClient withToken(String account) {
    return client(account).credential(cloud.credential()).buildClient();
  }

  /** A client of the DFS endpoint of {@code deep}, without credentials yet. */
  DataLakeServiceClientBuilder dataLake() {
    return new DataLakeServiceClientBuilder()
        .endpoint("https://deep.dfs.core.windows.net")
        .httpClient(http());
  }

  public DataLakeServiceClient dataLakeWithKey() {
    return dataLake().credential(keyCredential("deep")).buildClient();
  }

  /** A fresh container, made with the account key. */
  public BlobContainerClient container(String account, String name) {
    BlobContainerClient container = withKey(account).getBlobContainerClient(name);
    container.createIfNotExists();
    return container;
  }

  /** Asks that a call is refused with this status and code. */
  static BlobStorageException refused(int status, String code, Executable call) {
    BlobStorageException e = Assertions.assertThrows(BlobStorageException.class, call);
    Assertions.assertEquals(status + " " + code, e.getStatusCode() + " " + e.getErrorCode());
    return e;
  }

  static String tenant() {
    return EmbeddedAzureOptions.TENANT;
  }
}
