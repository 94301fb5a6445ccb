package mlops.emulator.ml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.blob.sas.BlobContainerSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.common.StorageSharedKeyCredential;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.blob.auth.StorageRight;
import mlops.emulator.http.ApiException;
import mlops.emulator.ml.workspace.DatastoreAccess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key or a SAS of a datastore opens what it would open on Azure, and nothing else. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class DatastoreAccessTest {
  private static final String STORES = MlCloud.WORKSPACE + "/datastores/";
  private static final String ACCOUNT =
      MlCloud.GROUP + "/providers/Microsoft.Storage/storageAccounts/mlone";

  @TempDir Path folder;
  private MlCloud ml;
  private DatastoreAccess access;

  @BeforeEach
  void open() {
    ml = MlCloud.in(folder);
    EmbeddedAzure azure = ml.cloud().azure();
    azure.blobs().createContainer("mlone", "taxi");
    azure.blobs().put("mlone", "taxi", "in/a.csv", "x\n".getBytes(UTF_8), "text/csv");
    access = ml.datastoreAccess();
  }

  private String key() {
    return ml.post(ACCOUNT + "/listKeys", "").text("/keys/0/value");
  }

  private void store(String name, String type, String field, String secret) {
    String body =
        "{'properties':{'datastoreType':'AzureBlob','accountName':'mlone','containerName':'taxi','credentials':{'credentialsType':'%s','secrets':{'secretsType':'%s','%s':'%s'}}}}"
            .formatted(type, type, field, secret);
    assertEquals(2, ml.put(STORES + name + "?skipValidation=true", body).status() / 100);
  }

  private String sas(Duration life, String permissions) {
    BlobContainerClient client =
        new BlobContainerClientBuilder()
            .endpoint("https://mlone.blob.core.windows.net/taxi")
            .credential(new StorageSharedKeyCredential("mlone", key()))
            .buildClient();
    return client.generateSas(
        new BlobServiceSasSignatureValues(
                OffsetDateTime.now(ZoneOffset.UTC).plus(life),
                BlobContainerSasPermission.parse(permissions))
            .setStartTime(OffsetDateTime.now(ZoneOffset.UTC).minusDays(9)));
  }

  private String denial(String store, StorageRight right) {
    String blob = right == StorageRight.LIST ? "" : "in/a.csv";
    return access.denial(STORES + store, right, blob).map(ApiException::code).orElse("opens");
  }

  @Test
  void a_key_opens_all_until_it_is_made_anew() {
    store("keyed", "AccountKey", "key", key());
    store("wrong", "AccountKey", "key", "d3Jvbmc=");
    for (StorageRight right :
        new StorageRight[] {StorageRight.READ, StorageRight.LIST, StorageRight.CREATE}) {
      assertEquals("opens", denial("keyed", right));
      assertEquals("opens", denial("workspaceblobstore", right));
      assertEquals("AuthenticationFailed", denial("wrong", right));
    }
    assertEquals(200, ml.post(ACCOUNT + "/regenerateKey", "{'keyName':'key1'}").status());
    assertEquals("AuthenticationFailed", denial("keyed", StorageRight.READ));
    assertEquals("opens", denial("workspaceblobstore", StorageRight.READ));
    store("keyed", "AccountKey", "key", key());
    assertEquals("opens", denial("keyed", StorageRight.READ));
  }

  @Test
  void a_signature_opens_what_its_letters_say_in_its_time() {
    store("read", "Sas", "sasToken", sas(Duration.ofDays(1), "rl"));
    store("lists-not", "Sas", "sasToken", "?" + sas(Duration.ofDays(1), "rcw"));
    store("old", "Sas", "sasToken", sas(Duration.ofDays(-1), "racwl"));
    store("nonsense", "Sas", "sasToken", "sig=abc");
    assertEquals("opens", denial("read", StorageRight.READ));
    assertEquals("opens", denial("read", StorageRight.LIST));
    assertEquals("AuthorizationPermissionMismatch", denial("read", StorageRight.CREATE));
    assertEquals("opens", denial("lists-not", StorageRight.CREATE));
    assertEquals("AuthorizationPermissionMismatch", denial("lists-not", StorageRight.LIST));
    assertEquals("AuthenticationFailed", denial("old", StorageRight.READ));
    assertEquals("AuthenticationFailed", denial("nonsense", StorageRight.READ));
    assertEquals(200, ml.post(ACCOUNT + "/regenerateKey", "{'keyName':'key1'}").status());
    assertEquals("AuthenticationFailed", denial("read", StorageRight.READ));
  }

  @Test
  void an_account_that_takes_no_keys_is_not_opened_by_one() {
    store("keyed", "AccountKey", "key", key());
    assertEquals(200, ml.patch(ACCOUNT, "{'properties':{'allowSharedKeyAccess':false}}").status());
    assertEquals("KeyBasedAuthenticationNotPermitted", denial("keyed", StorageRight.READ));
  }
}
