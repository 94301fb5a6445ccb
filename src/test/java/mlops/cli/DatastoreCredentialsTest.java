package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.sas.AccountSasPermission;
import com.azure.storage.common.sas.AccountSasResourceType;
import com.azure.storage.common.sas.AccountSasService;
import com.azure.storage.common.sas.AccountSasSignatureValues;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.EmbeddedCloud;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A datastore that has credentials of its own: nobody needs a role on its data. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DatastoreCredentialsTest {
  private static final String ACCOUNT = "stgaccmlops2demodemo";

  @TempDir Path folder;
  private Site site;
  private String key = "";

  @BeforeEach
  void bootstrap() {
    site = Site.tiny(folder);
    assertEquals(0, site.run("bootstrap"), site::said);
    key =
        EmbeddedCloud.in(site.state())
            .send(
                "POST",
                EmbeddedCloud.ARM
                    + EmbeddedCloud.SUBSCRIPTION
                    + "/resourceGroups/rg-demo-mlops-storage-demo/providers/Microsoft.Storage"
                    + "/storageAccounts/stgaccmlops2demodemo/listKeys?api-version=2023-05-01",
                "")
            .json()
            .at("/keys/0/value")
            .asText();
  }

  @Test
  void an_account_key_opens_it() {
    scoresWithout(key, "account_key: " + key);
  }

  @Test
  void a_sas_opens_it() {
    AccountSasSignatureValues may =
        new AccountSasSignatureValues(
            OffsetDateTime.now(ZoneOffset.UTC).plusDays(1),
            AccountSasPermission.parse("rwlac"),
            new AccountSasService().setBlobAccess(true),
            new AccountSasResourceType().setService(true).setContainer(true).setObject(true));
    String sas =
        new BlobServiceClientBuilder()
            .endpoint("https://" + ACCOUNT + ".blob.core.windows.net")
            .credential(new StorageSharedKeyCredential(ACCOUNT, key))
            .buildClient()
            .generateAccountSas(may);
    scoresWithout(sas, "sas_token: \"" + sas + '"');
  }

  /** Promotes and scores in test when all roles on the account are gone. */
  private void scoresWithout(String secret, String credentials) {
    String file = "test/data-store.yml";
    site.write(file, site.read(file) + "credentials:\n  " + credentials + "\n");
    assertEquals(0, site.run("replay", "--until", "promote-test"), site::said);
    EmbeddedAzure azure = EmbeddedAzure.open(site.state(), EmbeddedAzureOptions.defaults());
    azure.state().walk("/subscriptions/" + EmbeddedAzureOptions.SUBSCRIPTION).stream()
        .map(r -> r.path("id").asText())
        .filter(id -> id.contains("/roleAssignments/") && id.contains(ACCOUNT))
        .forEach(id -> azure.state().delete(id));
    assertEquals(0, site.run("batch-score", "--env", "test"), site::said);
    assertEquals(3, site.predictions("test").size());
    assertEquals(0, site.run("promote", "--to", "test", "-o", "json"), site::said);
    assertEquals("unchanged", site.outcome("datastore.test").orElseThrow(), site::said);
    assertFalse(site.said().contains(secret), site::said);
    site.change(file, secret, "another");
    assertEquals(0, site.run("promote", "--to", "test", "--plan"), site::said);
    assertTrue(site.said().contains("its secret differs"), site::said);
    assertFalse(site.said().contains("another"), site::said);
  }
}
