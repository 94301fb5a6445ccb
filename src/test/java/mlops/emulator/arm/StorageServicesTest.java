package mlops.emulator.arm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.resourcemanager.storage.fluent.StorageManagementClient;
import com.azure.resourcemanager.storage.fluent.models.BlobServicePropertiesInner;
import com.azure.resourcemanager.storage.fluent.models.FileServicePropertiesInner;
import com.azure.resourcemanager.storage.models.DeleteRetentionPolicy;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import mlops.emulator.EmbeddedCloud;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings of a storage account's services, as ARM keeps them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class StorageServicesTest {
  private static final String ACCOUNT =
      EmbeddedCloud.SUBSCRIPTION
          + "/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/stgservices";
  private static final String VERSION = "?api-version=2023-05-01";

  @TempDir Path folder;
  private EmbeddedCloud cloud;
  private StorageManagementClient storage;

  @BeforeEach
  void an_account() {
    cloud = EmbeddedCloud.in(folder);
    cloud.resources().resourceGroups().define("rg").withRegion("eastus2").create();
    cloud
        .storage()
        .storageAccounts()
        .define("stgservices")
        .withRegion("eastus2")
        .withExistingResourceGroup("rg")
        .create();
    storage = cloud.storage().serviceClient();
  }

  @ParameterizedTest
  @ValueSource(strings = {"blobServices", "fileServices", "queueServices", "tableServices"})
  void each_service_is_there_and_keeps_its_settings(String service) {
    String all = EmbeddedCloud.ARM + ACCOUNT + "/" + service;

    JsonNode listed = cloud.send("GET", all + VERSION, "").json();
    assertEquals(1, listed.path("value").size());
    assertEquals(ACCOUNT + "/" + service + "/default", listed.at("/value/0/id").asText());
    assertTrue(listed.at("/value/0/properties/cors/corsRules").isArray(), listed::toString);

    EmbeddedCloud.Answer set =
        cloud.send("PUT", all + "/default" + VERSION, "{\"properties\":{\"cors\":{}}}");
    assertEquals(200, set.status(), set::toString);
    JsonNode kept = cloud.send("GET", all + "/default" + VERSION, "").json();
    assertEquals("{}", kept.at("/properties/cors").toString());
    assertEquals(400, cloud.send("GET", all + "/other" + VERSION, "").status());
    cloud.assertAsDocumented();
  }

  @Test
  void what_an_update_leaves_out_stays() {
    FileServicePropertiesInner files =
        storage.getFileServices().getServiceProperties("rg", "stgservices");
    assertTrue(files.shareDeleteRetentionPolicy().enabled());

    storage
        .getFileServices()
        .setServiceProperties(
            "rg",
            "stgservices",
            new FileServicePropertiesInner()
                .withShareDeleteRetentionPolicy(
                    new DeleteRetentionPolicy().withEnabled(true).withDays(30)));

    FileServicePropertiesInner kept =
        storage.getFileServices().getServiceProperties("rg", "stgservices");
    assertEquals(30, kept.shareDeleteRetentionPolicy().days());
    assertTrue(kept.cors().corsRules().isEmpty());
    cloud.assertAsDocumented();
  }

  @Test
  void what_means_the_same_as_nothing_is_taken_for_blobs() {
    BlobServicePropertiesInner set =
        storage
            .getBlobServices()
            .setServiceProperties(
                "rg",
                "stgservices",
                new BlobServicePropertiesInner()
                    .withIsVersioningEnabled(false)
                    .withDeleteRetentionPolicy(new DeleteRetentionPolicy().withEnabled(false)));
    assertFalse(set.isVersioningEnabled());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"isVersioningEnabled\":true}|properties.isVersioningEnabled",
        "{\"deleteRetentionPolicy\":{\"enabled\":true,\"days\":7}}|properties.deleteRetentionPolicy.enabled",
        "{\"cors\":{\"corsRules\":[{\"allowedOrigins\":[\"*\"],\"allowedMethods\":[\"GET\"],\"maxAgeInSeconds\":2,\"exposedHeaders\":[],\"allowedHeaders\":[]}]}}|properties.cors.corsRules.0.allowedOrigins.0",
      })
  void what_would_change_blobs_is_refused_by_name(String properties, String field) {
    EmbeddedCloud.Answer refused =
        cloud.send(
            "PUT",
            EmbeddedCloud.ARM + ACCOUNT + "/blobServices/default" + VERSION,
            "{\"properties\":" + properties + "}");
    assertEquals(501, refused.status());
    assertTrue(refused.text("/error/message").contains("'" + field + "'"), refused::toString);
  }
}
